// Base64 as it stands in texts (RFC 4648, section 4 and 5), and the checksums of tokens.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::secret {

// Decodes `text`, of either alphabet and with or without padding. Nothing for a foreign character, for
// padding in the middle and for a length that no encoder makes.
std::optional<std::string> decode_base64(std::string_view text);

// CRC-32 as in ISO 3309, of the bytes of `text`.
std::uint32_t crc32(std::string_view text);

// Whether the last six characters are the CRC-32 of those before, in base 62 with leading zeros: how GitHub
// and npm end their tokens (GitHub's blog, 2021-04-05, "Behind GitHub's new authentication token formats").
// `prefix` is what the checksum covers before `text`.
bool ends_with_checksum(std::string_view prefix, std::string_view text);

}  // namespace crtune::secret
