#include "cli/exit_code.hpp"

namespace crtune::cli {

ExitCode exit_code_for(base::ErrorCode code) {
  using base::ErrorCode;
  switch (code) {
    case ErrorCode::usage: return ExitCode::usage;
    case ErrorCode::not_found:
    case ErrorCode::unreadable:
    case ErrorCode::invalid:
    case ErrorCode::limit:
    case ErrorCode::damaged:
    case ErrorCode::unsupported: return ExitCode::bad_input;
    case ErrorCode::network: return ExitCode::network;
    case ErrorCode::unauthorised: return ExitCode::unauthorised;
    case ErrorCode::interrupted: return ExitCode::interrupted;
    case ErrorCode::internal: return ExitCode::bug;
  }
  return ExitCode::bug;
}

}  // namespace crtune::cli
