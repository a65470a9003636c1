// The files under templates/, compiled into the program.
#pragma once

#include <span>
#include <string_view>

namespace crtune::base {

struct EmbeddedTemplate {
  std::string_view name;  // its path below templates/
  std::string_view text;
};

// Every template, in the order of templates/CMakeLists.txt. Defined by cmake/EmbedTemplates.cmake.
std::span<const EmbeddedTemplate> embedded_templates();

}  // namespace crtune::base
