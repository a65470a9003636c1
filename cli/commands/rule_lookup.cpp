#include "cli/commands/rule_lookup.hpp"

#include "core/analysis/rules/rule.hpp"
#include "core/base/edit_distance.hpp"
#include "core/check/rules/rule.hpp"
#include "core/report/rules_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

namespace crtune::cli {

std::vector<model::RuleText> every_rule() {
  auto rules = analysis::rules::rule_texts();
  const auto more = check::rules::rule_texts();
  rules.insert(rules.end(), more.begin(), more.end());
  return rules;
}

base::Result<model::RuleText> find_rule(const std::string& id) {
  // IDs are written in capitals; people write them as they like.
  std::string wanted = id;
  std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const auto rules = every_rule();
  std::vector<std::string_view> ids;
  for (const auto& rule : rules) {
    if (rule.id == wanted) return rule;
    ids.push_back(rule.id);
  }
  const auto meant = base::nearest(wanted, ids);
  return base::fail(base::ErrorCode::usage, fmt::format("there is no rule '{}'", id), {},
                    meant ? fmt::format("did you mean {}?", *meant) : "`cloudrun-tune rules` lists them");
}

base::Result<ExitCode> explain_rule(const std::string& id, Context& context) {
  CRT_ASSIGN(const model::RuleText rule, find_rule(id));
  context.out << report::rule_text(rule, context.terminal.columns);
  return ExitCode::done;
}

}  // namespace crtune::cli
