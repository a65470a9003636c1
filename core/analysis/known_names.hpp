// File and package names that tell what they are for.
#pragma once

#include <cstdint>
#include <string_view>

namespace crtune::analysis {

// A program that says which toolchain is in an image.
enum class Tool : std::uint8_t {
  none,
  other,  // builds, but tells of no toolchain
  c_compiler,
  go,
  rustc,
  javac,
  maven,
  gradle,
};
inline constexpr std::size_t kTools = static_cast<std::size_t>(Tool::gradle) + 1;

// What the name of a program says: "x86_64-linux-gnu-gcc-12" is gcc.
Tool tool_named(std::string_view program);

// Packages that nobody needs to run a service: for Node where no package.json tells.
bool is_node_development(std::string_view package);
bool is_python_development(std::string_view package);
bool is_python_installer(std::string_view package);
bool is_php_development(std::string_view vendor);

enum class SourceKind : std::uint8_t { none, go, c, rust, java, csharp, typescript };
// Of languages that are compiled before they run.
SourceKind source_kind(std::string_view name);

// A core dump by its name: core, core.1234
bool is_core_dump(std::string_view name);
// .DS_Store, x.swp, x~
bool is_editor_file(std::string_view name);
// Texts that have to go with what they license.
bool is_licence(std::string_view name);

}  // namespace crtune::analysis
