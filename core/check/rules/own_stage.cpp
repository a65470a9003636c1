#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_own_stage(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto* from = subject.at(i).keyword == "COPY" ? subject.at(i).flag("from") : nullptr;
    const auto stage = subject.facts(i).stage;
    if (from == nullptr || !from->value || !stage) continue;
    if (subject.stages.find(*from->value, *stage + 1) == stage)
      findings.add_span(i, from->span, fmt::format("the stage copies from itself, {}", shown(*from->value)));
  }
}

}  // namespace crtune::check::rules
