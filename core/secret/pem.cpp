#include "core/secret/pem.hpp"

#include "core/secret/base64.hpp"
#include "core/secret/characters.hpp"
#include "core/secret/value_checks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace crtune::secret {
namespace {

constexpr std::string_view kDashes = "-----";
constexpr std::size_t kLongestBody = 32 * 1024;  // a key of 16,384 bits has 12 KiB
constexpr std::size_t kShortestBody = 64;        // Ed25519

// Behind `"` + white space and an operator + `"` that joins two literals, or `at` where there is no such
// joint.
std::size_t skip_joint(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 64;
  const char quote = text[at];
  std::size_t next = at + 1;
  while (next < text.size() && next < at + kLongest &&
         (is_space(text[next]) || std::string_view("+,.&()").find(text[next]) != std::string_view::npos))
    ++next;
  return next < text.size() && text[next] == quote ? next + 1 : at;
}

std::size_t skip_filler(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const char c = text[at];
    std::size_t next = at;
    if (is_space(c)) {
      next = at + 1;
    } else if (c == '\\') {
      while (next < text.size() && next < at + 8 && text[next] == '\\') ++next;
      if (next == text.size()) return at;
      const bool is_escape = text[next] == 'n' || text[next] == 'r' || text[next] == 't';
      if (!is_escape && !is_space(text[next])) return at;
      ++next;
    } else if (c == '"' || c == '\'') {
      next = skip_joint(text, at);
    }
    if (next == at) return at;
    at = next;
  }
  return at;
}

// Behind lines such as "Proc-Type: 4,ENCRYPTED" (RFC 1421) and "Version: …" (RFC 4880).
std::size_t skip_headers(std::string_view text, std::size_t at, bool& encrypted) {
  constexpr std::array<std::string_view, 5> kNames = {
      "Proc-Type:", "DEK-Info:", "Version:", "Comment:", "Charset:"};
  constexpr std::size_t kLongestLine = 200;
  for (std::size_t lines = 0; lines < 8; ++lines) {
    at = skip_filler(text, at);
    const std::string_view line = text.substr(at, kLongestLine);
    const bool is_header =
        std::any_of(kNames.begin(), kNames.end(), [line](auto name) { return line.starts_with(name); });
    const std::size_t end = std::min(line.find('\n'), line.find("\\n"));
    if (!is_header || end == std::string_view::npos) return at;
    encrypted = encrypted || line.substr(0, end).find("ENCRYPTED") != std::string_view::npos;
    at += end;
  }
  return at;
}

bool is_der_key(std::string_view head, std::size_t size) {
  const auto byte = [head](std::size_t i) {
    return i < head.size() ? static_cast<std::size_t>(static_cast<unsigned char>(head[i])) : std::size_t{0};
  };
  if (byte(0) != 0x30) return false;
  std::size_t header = 2;
  std::size_t length = byte(1);
  if (length == 0x81) {
    header = 3;
    length = byte(2);
  } else if (length == 0x82) {
    header = 4;
    length = byte(2) << 8 | byte(3);
  } else if (length > 0x7F) {
    return false;
  }
  // First a version number, or of an encrypted key the algorithm.
  return header + length == size && (byte(header) == 0x02 || byte(header) == 0x30);
}

bool is_pgp_key(std::string_view head) {
  // A packet of tag 5, secret key (RFC 4880, section 4.2).
  const auto first = head.empty() ? 0U : static_cast<unsigned>(static_cast<unsigned char>(head[0]));
  return (first & 0xC0) == 0xC0 ? (first & 0x3F) == 5 : (first & 0x80) != 0 && ((first >> 2) & 0x0F) == 5;
}

// Whether the body is a key; tells whether it is encrypted where the body says so.
bool is_key(std::string_view body, std::string_view label, bool& encrypted) {
  constexpr std::string_view kOpenSsh("openssh-key-v1\0", 15);
  constexpr std::size_t kHead = 64;
  const auto head = decode_base64(body.substr(0, kHead));
  if (!head || entropy(body) < 4) return false;
  if (label.starts_with("PGP ")) return is_pgp_key(*head);
  if (std::string_view(*head).starts_with(kOpenSsh)) {
    encrypted = encrypted || std::string_view(*head).substr(kOpenSsh.size() + 4, 4) != "none";
    return true;
  }
  if (encrypted) return entropy(body) >= 5;  // of the old form: nothing but ciphertext
  encrypted = label.starts_with("ENCRYPTED");
  return is_der_key(*head, body.size() * 3 / 4);
}

}  // namespace

std::string collect_base64(std::string_view text, std::size_t& from, std::size_t limit) {
  std::string out;
  while (from < text.size() && out.size() < limit) {
    const std::size_t end = run_end(text, from, kBase64, limit - out.size());
    out.append(text, from, end - from);
    const std::size_t next = skip_filler(text, end);
    if (next == end) {
      from = end;
      return out;
    }
    from = next;
  }
  return out;
}

std::optional<PrivateKey> private_key_at(std::string_view text, std::size_t begin, std::size_t& looked) {
  constexpr std::size_t kLongestLabel = 40;
  constexpr std::string_view kBegin = "-----BEGIN ";
  looked = begin + 1;
  if (!text.substr(begin).starts_with(kBegin)) return std::nullopt;
  const std::string_view rest = text.substr(begin + kBegin.size(), kLongestLabel + kDashes.size());
  const auto label_end = rest.find(kDashes);
  if (label_end == std::string_view::npos) return std::nullopt;
  const std::string_view label = rest.substr(0, label_end);
  if (!label.ends_with("PRIVATE KEY") && label != "PGP PRIVATE KEY BLOCK") return std::nullopt;
  PrivateKey key;
  std::size_t at = skip_headers(text, begin + kBegin.size() + label_end + kDashes.size(), key.is_encrypted);
  key.base64 = collect_base64(text, at, kLongestBody);
  looked = at;
  if (key.base64.size() < kShortestBody || !is_key(key.base64, label, key.is_encrypted)) return std::nullopt;
  // Padding, and OpenPGP's checksum, stand before the end line.
  constexpr std::size_t kTail = 64;
  const auto end = text.substr(at, kTail).find("-----END ");
  if (end == std::string_view::npos) return std::nullopt;
  key.end = at + end + kDashes.size() + 4;
  return key;
}

}  // namespace crtune::secret
