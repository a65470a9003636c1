// All rules of the program, for --explain and the rules command.
#pragma once

#include "cli/context.hpp"
#include "cli/exit_code.hpp"
#include "core/base/result.hpp"
#include "core/model/finding.hpp"

#include <string>
#include <vector>

namespace crtune::cli {

// Of images, then of Dockerfiles.
std::vector<model::RuleText> every_rule();

// Writes one rule to standard output. Errors: usage, where no rule has that id.
base::Result<ExitCode> explain_rule(const std::string& id, Context& context);

}  // namespace crtune::cli
