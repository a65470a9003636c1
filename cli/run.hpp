// The whole program but for the process around it.
#pragma once

#include "cli/context.hpp"

#include <string>
#include <vector>

namespace crtune::cli {

// Parses `arguments` (without the program's name), runs the command and returns the exit code. Never throws.
int run(const std::vector<std::string>& arguments, Context& context);

}  // namespace crtune::cli
