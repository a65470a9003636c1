#include "cli/commands/commands.hpp"

#include <array>

namespace crtune::cli {

std::span<const Command> commands() {
  static const std::array table = {init_command(), check_command(), analyze_command(), diff_command(),
                                   rules_command()};
  return table;
}

}  // namespace crtune::cli
