// What a command is given: the outside world, and nothing it did not ask for.
#pragma once

#include "core/base/files.hpp"
#include "core/base/reporter.hpp"

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::cli {

// How standard output and standard error are to be written.
struct Terminal {
  bool output_is_terminal = false;
  bool colour = false;    // on standard output
  bool progress = false;  // on standard error
  std::size_t columns = 100;
};

struct Context {
  std::ostream& out;
  std::ostream& err;
  base::Files& files;
  base::Reporter& reporter;
  Terminal terminal;
  // The value of an environment variable, or nothing.
  std::function<std::optional<std::string>(std::string_view)> environment;
};

}  // namespace crtune::cli
