#include "core/base/path.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace crtune::base {

std::string join_path(std::string_view base, std::string_view path) {
  std::vector<std::string_view> parts;
  const bool rooted = path.starts_with("/") || base.starts_with("/");
  for (std::string_view text : {path.starts_with("/") ? std::string_view() : base, path})
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('/', at), text.size());
      const auto part = text.substr(at, end - at);
      at = end + 1;
      if (part.empty() || part == ".") continue;
      const bool up = part == "..";
      if (up && !parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (!up || !rooted) {  // there is nothing above the root
        parts.push_back(part);
      }
    }
  std::string out = rooted ? "/" : "";
  for (const auto part : parts) {
    if (!out.empty() && out.back() != '/') out += '/';
    out += part;
  }
  return out.empty() ? "." : out;
}

std::uint64_t path_hash(std::string_view path) {
  return std::hash<std::string_view>{}(path);
}

}  // namespace crtune::base
