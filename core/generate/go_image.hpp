// Which official golang image builds a module.
#pragma once

#include <string>
#include <string_view>

namespace crtune::generate {

struct GoImage {
  std::string name;     // golang:1.26.8-bookworm
  std::string comment;  // why this one, in a line
};

// `version` is what the project prefers, `go_line` its hard minimum; either may be empty.
GoImage choose_go_image(std::string_view version, std::string_view go_line);

// a < b by their numbers: 1.9 < 1.25.1.
bool version_less(std::string_view a, std::string_view b);

}  // namespace crtune::generate
