#include "cli/commands/explain.hpp"

#include "core/analysis/rules/rule.hpp"
#include "core/base/edit_distance.hpp"
#include "core/check/rules/rule.hpp"
#include "core/report/rules_page.hpp"

#include <fmt/format.h>

#include <ostream>

namespace crtune::cli {

std::vector<model::RuleText> every_rule() {
  auto rules = analysis::rules::rule_texts();
  const auto more = check::rules::rule_texts();
  rules.insert(rules.end(), more.begin(), more.end());
  return rules;
}

base::Result<ExitCode> explain_rule(const std::string& id, Context& context) {
  const auto rules = every_rule();
  std::vector<std::string_view> ids;
  for (const auto& rule : rules) {
    ids.push_back(rule.id);
    if (rule.id != id) continue;
    context.out << report::rule_text(rule);
    return ExitCode::done;
  }
  const auto meant = base::nearest(id, ids);
  return base::fail(base::ErrorCode::usage, fmt::format("there is no rule '{}'", id), {},
                    meant ? fmt::format("did you mean {}?", *meant) : "cloudrun-tune rules lists them");
}

}  // namespace crtune::cli
