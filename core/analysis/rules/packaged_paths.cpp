#include "core/analysis/rules/packaged_paths.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis::rules {

bool is_packaged(std::string_view path) {
  static constexpr std::array<std::string_view, 11> kFolders = {
      "/usr/bin/", "/usr/sbin/", "/usr/lib",       "/usr/share/",        "/usr/include/", "/bin/",
      "/sbin/",    "/lib",       "/usr/local/go/", "/usr/local/rustup/", "/var/lib/"};
  return std::any_of(kFolders.begin(), kFolders.end(), [&](auto folder) { return path.starts_with(folder); });
}

}  // namespace crtune::analysis::rules
