// Calls that define a flag: flag, pflag.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace crtune::project {

// Which arguments are the name and the default, and how many there are.
struct FlagShape {
  std::size_t name = 0;
  std::size_t value = 0;
  std::size_t arguments = 0;
};

// `String`, `StringP`, `StringVar`, `StringVarP` and so on for numbers; nothing for another method.
std::optional<FlagShape> flag_shape(std::string_view method);

}  // namespace crtune::project
