// Versions such as 1.26.3 in tags and files.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace crtune::check::rules {

// The numbers at the start of "1.26.3-bookworm", and how many there are; nothing where it begins with none.
struct Version {
  std::array<unsigned, 3> numbers = {};
  std::size_t count = 0;
};
std::optional<Version> read_version(std::string_view text);

// Whether a tag of `image` (1.26 is the newest 1.26.x) is below `wanted`.
bool version_less(std::string_view image, std::string_view wanted);

}  // namespace crtune::check::rules
