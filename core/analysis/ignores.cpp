#include "core/analysis/ignores.hpp"

#include "core/base/escape.hpp"
#include "core/base/glob.hpp"

#include <fmt/format.h>

namespace crtune::analysis {

void accept_findings(const model::Policy& policy, const std::string& today,
                     std::vector<model::Finding>& findings) {
  for (auto& finding : findings)
    for (const auto& ignore : policy.ignores) {
      const bool rule_fits = ignore.rule.empty() || ignore.rule == finding.rule;
      const bool path_fits =
          ignore.glob.empty() || (!finding.path.empty() && base::glob_matches(ignore.glob, finding.path));
      if (!rule_fits || !path_fits || !ignore.holds_on(today)) continue;
      finding.ignored = ignore.reason;
      break;
    }
}

std::vector<std::string> expired_ignores(const model::Policy& policy, const std::string& today) {
  std::vector<std::string> notes;
  for (const auto& ignore : policy.ignores)
    if (!ignore.holds_on(today))
      notes.push_back(fmt::format("ignoring {} ended on {} ({})",
                                  base::one_line(ignore.glob.empty() ? ignore.rule : ignore.glob, 80),
                                  ignore.expires, base::one_line(ignore.reason, 120)));
  return notes;
}

}  // namespace crtune::analysis
