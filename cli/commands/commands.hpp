// Every command, one file each.
#pragma once

#include "cli/command.hpp"

#include <span>

namespace crtune::cli {

Command analyze_command();
Command check_command();
Command diff_command();
Command init_command();
Command rules_command();

// All of them in the order that users see.
std::span<const Command> commands();

}  // namespace crtune::cli
