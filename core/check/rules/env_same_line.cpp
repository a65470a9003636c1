#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace crtune::check::rules {

void check_env_same_line(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if (instruction.keyword != "ENV") continue;
    std::set<std::string_view> set;
    for (std::size_t k = 0; k < instruction.assignments.size(); ++k) {
      const auto& one = instruction.assignments[k];
      const auto& word = subject.facts(i).words[k];
      const auto use = std::find_if(word.undeclared.begin(), word.undeclared.end(),
                                    [&](const auto& each) { return set.contains(each.name); });
      set.insert(one.name);
      if (use == word.undeclared.end()) continue;
      auto& found = findings.add_span(i, one.value_span,
                                      fmt::format("${} is not set yet on this line", shown(use->name)));
      // Cut just before this assignment, at whatever blanks and line ends stand there.
      if (k == 0 || !instruction.blank_lines.empty()) continue;
      found.edit({instruction.assignments[k - 1].span.end, one.span.begin},
                 fmt::format("{}ENV ", line_end(subject.document)));
      found.say("ENV in an instruction of its own");
    }
  }
}

}  // namespace crtune::check::rules
