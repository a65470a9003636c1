// What is known of the rules, for docs/rules.md, --explain and the rules command.
#pragma once

#include "core/model/finding.hpp"

#include <span>
#include <string>

namespace crtune::report {

// The page docs/rules.md: a table of all rules, then each with why it matters and how to mend it.
std::string rules_markdown(std::span<const model::RuleText> rules);
// One rule for a person, in lines of at most `columns` characters.
std::string rule_text(const model::RuleText& rule, std::size_t columns = 100);
// All rules for a person, a line each.
std::string rules_text(std::span<const model::RuleText> rules);
// An array of {id, title, severity, why, fix, peers}; peers is null where no other tool has the rule.
std::string rules_json(std::span<const model::RuleText> rules);

}  // namespace crtune::report
