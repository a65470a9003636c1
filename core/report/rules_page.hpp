// What is known of the rules, for people.
#pragma once

#include "core/model/finding.hpp"

#include <string>

namespace crtune::report {

// One rule: title, why it matters, how to mend it.
std::string rule_text(const model::RuleText& rule);

}  // namespace crtune::report
