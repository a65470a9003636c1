#include "cli/commands/commands.hpp"

namespace crtune::cli {

Command init_command() {
  return {.name = "init", .summary = "", .examples = "", .configure = [](CLI::App&) {
            return [](Context&) -> base::Result<ExitCode> { return ExitCode::done; };
          }};
}

}  // namespace crtune::cli
