#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {
namespace {

std::vector<Rule> join_families() {
  std::vector<Rule> rules;
  for (const auto family : {size_rules(), start_rules(), security_rules(), language_rules(),
                            instructions_rules(), project_rules(), reproducible_rules(), metadata_rules()})
    rules.insert(rules.end(), family.begin(), family.end());
  return rules;
}

}  // namespace

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = join_families();
  return rules;
}

}  // namespace crtune::check::rules
