// Paths as text, with "/" between their parts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace crtune::base {

// `base` and `path` joined and cleaned as Go's path.Join does ("a/b" and "../c" is "a/c"); an absolute `path`
// stands for itself; "." for nothing.
std::string join_path(std::string_view base, std::string_view path);

// A number for a path, to tell whether it is one of many without keeping them.
std::uint64_t path_hash(std::string_view path);

}  // namespace crtune::base
