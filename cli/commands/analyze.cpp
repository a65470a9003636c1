#include "cli/commands/commands.hpp"

namespace crtune::cli {

Command analyze_command() {
  return {.name = "analyze", .summary = "", .examples = "", .configure = [](CLI::App&) {
            return [](Context&) -> base::Result<ExitCode> { return ExitCode::done; };
          }};
}

}  // namespace crtune::cli
