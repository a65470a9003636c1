// PEM blocks (RFC 7468) as they stand in texts: with line ends, with "\n" in a string, or in pieces joined by
// source.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::secret {

struct PrivateKey {
  std::string base64;         // the body without line ends
  bool is_encrypted = false;  // by a passphrase
  std::size_t end = 0;        // behind the block
};

// The private key whose "-----BEGIN" stands at `begin`: one whose body decodes to a DER sequence of exactly
// its length, to an OpenSSH or to an OpenPGP key. `looked` is how far the text was read.
std::optional<PrivateKey> private_key_at(std::string_view text, std::size_t begin, std::size_t& looked);

// The base64 at `from` without line ends, escapes and joints, of at most `limit` characters; `from` moves
// behind it.
std::string collect_base64(std::string_view text, std::size_t& from, std::size_t limit);

}  // namespace crtune::secret
