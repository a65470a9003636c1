// One command: its words on the command line and what runs when it was chosen.
#pragma once

#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "core/base/result.hpp"

#include <functional>
#include <string_view>

namespace CLI {
class App;
}

namespace crtune::cli {

struct Command {
  std::string_view name;
  std::string_view summary;   // one line, as `cloudrun-tune --help` shows it
  std::string_view examples;  // the foot of `cloudrun-tune NAME --help`
  // Adds the options to `app` and returns the function that runs the command once all of argv was parsed.
  std::function<std::function<base::Result<ExitCode>(Context&)>(CLI::App& app)> configure;
};

}  // namespace crtune::cli
