// Paths as text, with "/" between their parts.
#pragma once

#include <string>
#include <string_view>

namespace crtune::base {

// `base` and `path` joined and cleaned as Go's path.Join does ("a/b" and "../c" is "a/c"); an absolute `path`
// stands for itself; "." for nothing.
std::string join_path(std::string_view base, std::string_view path);

}  // namespace crtune::base
