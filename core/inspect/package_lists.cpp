#include "core/inspect/package_lists.hpp"

#include "core/base/path.hpp"

#include <string>

namespace crtune::inspect {
namespace {

constexpr std::string_view kDpkgInfo = "var/lib/dpkg/info/";
constexpr std::string_view kDpkgStatus = "var/lib/dpkg/status.d/";
constexpr std::string_view kApk = "lib/apk/db/installed";

bool is_apk(std::string_view path) {
  return path == kApk || path == "usr/lib/apk/db/installed";
}

// One line after the other, without its end.
template <typename Visit>
void each_line(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    visit(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

}  // namespace

bool is_package_list(std::string_view path) {
  return (path.starts_with(kDpkgInfo) && path.ends_with(".list")) ||
         (path.starts_with(kDpkgStatus) && path.ends_with(".md5sums")) || is_apk(path);
}

std::vector<std::uint64_t> packaged_files(std::string_view path, std::string_view text) {
  constexpr std::size_t kSumAndSpaces = 34;  // 32 digits of MD5 and two spaces
  std::vector<std::uint64_t> out;
  std::string folder;
  each_line(text, [&](std::string_view line) {
    if (is_apk(path)) {
      if (line.starts_with("F:")) folder = std::string(line.substr(2)) + "/";
      if (line.starts_with("R:")) out.push_back(base::path_hash(folder + std::string(line.substr(2))));
    } else if (path.starts_with(kDpkgStatus)) {
      if (line.size() > kSumAndSpaces) out.push_back(base::path_hash(line.substr(kSumAndSpaces)));
    } else if (line.size() > 1 && line.front() == '/') {
      out.push_back(base::path_hash(line.substr(1)));
    }
  });
  return out;
}

}  // namespace crtune::inspect
