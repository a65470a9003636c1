#include "core/base/digest.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::base {

Result<Digest> Digest::parse(std::string_view text) {
  const auto colon = text.find(':');
  const auto algorithm = text.substr(0, colon);
  const std::size_t digits = algorithm == "sha256" ? 64 : algorithm == "sha512" ? 128 : 0;
  const auto hex = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const bool lower_hex = std::all_of(hex.begin(), hex.end(),
                                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (digits == 0 || hex.size() != digits || !lower_hex)
    return fail(ErrorCode::invalid, fmt::format("'{}' is not a digest", one_line(text, 90)), {},
                "a digest is sha256: and 64 lower-case hex digits");
  Digest digest;
  digest.text_ = std::string(text);
  return digest;
}

}  // namespace crtune::base
