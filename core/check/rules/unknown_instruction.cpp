#include "core/check/rules/rules.hpp"

#include <algorithm>

namespace crtune::check::rules {

void check_unknown_instruction(const Subject& subject, Findings& findings) {
  for (const auto& problem : subject.document.problems) {
    if (problem.kind != dockerfile::ProblemKind::unknown_instruction) continue;
    const auto& all = subject.document.instructions;
    const auto index = std::find_if(all.begin(), all.end(), [&](const auto& one) {
      return one.span.begin <= problem.span.begin && problem.span.begin < one.span.end;
    });
    if (index == all.end()) continue;
    auto& found =
        findings.add_span(static_cast<std::size_t>(index - all.begin()), problem.span, problem.message);
    if (!problem.hint.empty()) found.unsafe().edit(problem.span, problem.hint);
  }
}

}  // namespace crtune::check::rules
