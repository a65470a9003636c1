// Where packages and toolchains put their files.
#pragma once

#include <string_view>

namespace crtune::analysis::rules {

// Whether `path`, with its leading slash, is one that a package or toolchain brings as it is: nobody but its
// maker can leave a copy out.
bool is_packaged(std::string_view path);

}  // namespace crtune::analysis::rules
