#include "core/dockerfile/image_name.hpp"

namespace crtune::dockerfile {

ImageName read_image_name(std::string_view text) {
  ImageName out;
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    out.digest = text.substr(at + 1);
    text = text.substr(0, at);
  }
  const auto slash = text.rfind('/');
  const auto colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
  if (colon != std::string_view::npos) {
    out.tag = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  const auto first = text.substr(0, text.find('/'));
  const bool is_host = first.size() < text.size() &&
                       (first.find_first_of(".:") != std::string_view::npos || first == "localhost");
  out.registry = is_host ? first : "docker.io";
  if (is_host) text.remove_prefix(first.size() + 1);
  if (out.registry == "docker.io" && text.starts_with("library/")) text.remove_prefix(8);
  out.repository = text;
  return out;
}

}  // namespace crtune::dockerfile
