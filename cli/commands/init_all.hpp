// `init --all` and `init --check`.
#pragma once

#include "cli/commands/init_plan.hpp"
#include "cli/context.hpp"
#include "cli/exit_code.hpp"

#include <string>

namespace crtune::cli {

// Files for every service in and below `directory`. Where one of them has a conflict, nothing is written
// anywhere; a service that has no Dockerfile yet (a choice is open) does not keep the others from theirs, but
// is told and exits 2.
base::Result<ExitCode> run_init_all(const InitOptions& options, Context& context,
                                    const std::string& directory);

// Tells what `init` would write otherwise today; gate_failed where there is anything.
base::Result<ExitCode> run_init_check(const InitOptions& options, Context& context,
                                      const std::string& directory);

}  // namespace crtune::cli
