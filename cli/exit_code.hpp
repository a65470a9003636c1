// The exit codes of cloudrun-tune, as documented in docs/exit-codes.md.
#pragma once

#include "core/base/error.hpp"

namespace crtune::cli {

enum class ExitCode : int {
  done = 0,
  gate_failed = 1,   // a gate failed, or findings reach --fail-on
  usage = 2,         // the command line or a configuration file is wrong, or a choice is open
  bad_input = 3,     // an input is missing, damaged, over a limit or not supported
  network = 4,       // a remote end could not be reached or refused
  unauthorised = 5,  // a remote end wants other credentials
  bug = 70,          // a bug in cloudrun-tune
  interrupted = 130,
};

ExitCode exit_code_for(base::ErrorCode code);

}  // namespace crtune::cli
