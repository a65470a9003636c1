// The rules of the program, and one that a user names.
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

// The rule with this ID, in capitals or not. Errors: usage, with what may have been meant.
base::Result<model::RuleText> find_rule(const std::string& id);

// Writes that rule to standard output. Errors: as find_rule.
base::Result<ExitCode> explain_rule(const std::string& id, Context& context);

}  // namespace crtune::cli
