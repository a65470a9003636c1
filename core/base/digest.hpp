// A content digest such as sha256:<64 hex digits>.
// Source: opencontainers/image-spec descriptor.md, "Digests".
#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace crtune::base {

// A digest whose grammar was checked: sha256 with 64 or sha512 with 128 lower-case hex digits. It is safe in
// a path.
class Digest {
 public:
  Digest() = default;

  // Errors: invalid for other algorithms, upper-case or too few digits, or a missing colon.
  static Result<Digest> parse(std::string_view text);

  // "sha256:…"; empty for a default-constructed digest.
  const std::string& text() const { return text_; }
  bool empty() const { return text_.empty(); }
  std::string_view algorithm() const { return std::string_view(text_).substr(0, text_.find(':')); }
  std::string_view hex() const {
    return empty() ? std::string_view() : std::string_view(text_).substr(text_.find(':') + 1);
  }

  friend bool operator==(const Digest&, const Digest&) = default;
  friend auto operator<=>(const Digest&, const Digest&) = default;

 private:
  std::string text_;
};

}  // namespace crtune::base
