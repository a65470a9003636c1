// A rule that a user names.
#pragma once

#include "core/base/result.hpp"
#include "core/model/finding.hpp"

#include <string>

namespace crtune::cli {

// The rule with this ID, in capitals or not. Errors: usage, with what may have been meant.
base::Result<model::RuleText> find_rule(const std::string& id);

}  // namespace crtune::cli
