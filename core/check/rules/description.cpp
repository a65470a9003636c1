#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_description(const Subject& subject, Findings& findings) {
  // Off until the file asks for it: nearly every comment would be meant.
  const bool asked = std::any_of(
      subject.document.directives.begin(), subject.document.directives.end(), [](const auto& directive) {
        return directive.name == "check" && directive.value.find("experimental=") != std::string::npos &&
               (directive.value.find("InvalidDefinitionDescription") != std::string::npos ||
                directive.value.find("experimental=all") != std::string::npos);
      });
  if (!asked) return;
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    std::string name;
    if (instruction.keyword == "FROM" && instruction.words.size() == 3) name = instruction.words[2].text;
    if (instruction.keyword == "ARG" && instruction.assignments.size() == 1)
      name = instruction.assignments.front().name;
    if (name.empty() || instruction.first_line < 2) continue;
    const auto& above = subject.document.lines[instruction.first_line - 2];
    if (above.kind != dockerfile::LineKind::comment) continue;
    std::string_view text = dockerfile::trim(subject.document.line_text(instruction.first_line - 1));
    text = dockerfile::trim(text.substr(1));
    const bool begins =
        text.starts_with(name) && text.size() > name.size() && dockerfile::is_space(text[name.size()]);
    if (!begins && !text.empty())
      findings.add_span(i, {above.span.begin, above.end},
                        fmt::format("the comment does not begin with '{}'", shown(name)));
  }
}

}  // namespace crtune::check::rules
