// Which Debian packages hold what a build looks for.
#pragma once

#include <cstdint>
#include <string_view>

namespace crtune::project {

enum class LinkForm : std::uint8_t {
  nothing,  // headers or a tool
  archive,  // a static library that the build takes when it is told to
  shared,   // only the shared library links without further ado
};

struct DebianPackage {
  std::string_view name;      // as find_package, pkg-config or Meson know it, in lower case
  std::string_view packages;  // separated by spaces; empty: nothing to install
  LinkForm form = LinkForm::shared;
  std::string_view definition;  // NAME=VALUE that makes CMake take the static library
};

// The row of `name`, upper and lower case alike; nullptr where Debian 12 has no such package or the table
// does not know it. The table is of November 2026, from Debian 12 (bookworm).
const DebianPackage* debian_package(std::string_view name);

// Whether `name` is a tool for documentation, tests or coverage, which an image's build does without.
bool is_developers_tool(std::string_view name);

// The package of a library of Boost: system → libboost-system-dev. Empty where it has headers only.
std::string_view boost_package(std::string_view component);

}  // namespace crtune::project
