// The sub-command that starts the server, for programs built on cobra or urfave/cli.
#pragma once

#include "core/model/project.hpp"
#include "core/project/go_calls.hpp"

#include <vector>

namespace crtune::project {

// Sets project.command where one sub-command's name says that it serves; a note where it is left open.
void find_command(const std::vector<const GoPackage*>& packages, const std::vector<GoCall>& calls,
                  model::Project& project);

}  // namespace crtune::project
