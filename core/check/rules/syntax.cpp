#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_syntax(const Subject& subject, Findings& findings) {
  const auto& document = subject.document;
  for (const auto& problem : document.problems) {
    if (problem.kind != dockerfile::ProblemKind::syntax && problem.kind != dockerfile::ProblemKind::not_text)
      continue;
    std::optional<std::size_t> index;
    for (std::size_t i = 0; i < document.instructions.size() && !index; ++i)
      if (document.instructions[i].span.begin <= problem.span.begin &&
          problem.span.begin < document.instructions[i].span.end)
        index = i;
    auto& found = index ? findings.add_span(*index, problem.span, problem.message)
                        : findings.add_bytes(problem.span, problem.message);
    if (!problem.hint.empty()) found.say(problem.hint);
  }
}

}  // namespace crtune::check::rules
