#include "core/report/rules_page.hpp"

#include <fmt/format.h>

namespace crtune::report {

std::string rule_text(const model::RuleText& rule) {
  return fmt::format("{} ({}): {}\n\nwhy   {}\nfix   {}\n", rule.id, severity_word(rule.severity), rule.title, rule.why,
                     rule.fix);
}

}  // namespace crtune::report
