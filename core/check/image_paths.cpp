#include "core/check/image_paths.hpp"

#include "core/base/path.hpp"

namespace crtune::check {

std::string context_path(std::string_view source) {
  std::string out = base::join_path("/", source);
  while (out.starts_with('/')) out.erase(0, 1);
  return out;
}

std::string image_path(std::string_view workdir, std::string_view path) {
  return base::join_path(workdir.starts_with('/') ? workdir : std::string_view("/"), path);
}

std::string_view last_part(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);
}

}  // namespace crtune::check
