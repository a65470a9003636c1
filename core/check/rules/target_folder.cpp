#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_target_folder(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if ((instruction.keyword != "COPY" && instruction.keyword != "ADD") || instruction.words.size() < 3)
      continue;
    const auto& target = subject.facts(i).words.back().value;
    if (!target || target->empty() || target->ends_with('/') || target->ends_with('\\') || *target == "." ||
        *target == "..")
      continue;
    if (!subject.facts(i).words.back().uses.empty()) continue;
    auto& found = findings.add_span(i, instruction.words.back().span,
                                    fmt::format("{} must end in / to take several files", shown(*target)));
    const auto span = instruction.words.back().span;
    const bool quoted =
        instruction.form == dockerfile::Form::exec || subject.document.text[span.end - 1] == '"';
    found.insert(quoted ? span.end - 1 : span.end, "/");
  }
}

}  // namespace crtune::check::rules
