#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_legacy_assignment(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if (instruction.assignments.size() != 1 || !instruction.assignments.front().legacy) continue;
    const auto& one = instruction.assignments.front();
    auto& found = findings.add(i, fmt::format("{} {} has no '='", instruction.keyword, shown(one.name)));
    const std::string& value = *one.value;
    // Quotes are kept by the old form as they are by the new one; blanks need some.
    const bool bare = value.find_first_of(" \t\"'\\`") == std::string::npos;
    const bool quotable = value.find_first_of("\"'\\`") == std::string::npos;
    if (instruction.first_line != instruction.last_line || (!bare && !quotable)) continue;
    found.edit(one.span,
               bare ? fmt::format("{}={}", one.name, value) : fmt::format("{}=\"{}\"", one.name, value));
  }
}

}  // namespace crtune::check::rules
