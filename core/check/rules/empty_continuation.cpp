#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_empty_continuation(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& lines = subject.at(i).blank_lines;
    if (lines.empty()) continue;
    const auto& first = subject.document.lines[lines.front() - 1];
    auto& found = findings.add_span(
        i, {first.span.begin, first.span.begin},
        lines.size() == 1 ? "the instruction has an empty line" : "the instruction has empty lines");
    for (const auto line : lines) found.edit(subject.document.lines[line - 1].span, "");
    found.say("the same without the empty line");
  }
}

}  // namespace crtune::check::rules
