#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_first_instruction(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& keyword = subject.at(i).keyword;
    if (keyword == "FROM") return;
    if (keyword == "ARG" || keyword.empty()) continue;
    findings.add(i, fmt::format("{} stands before the first FROM", shown(keyword)));
    return;
  }
  if (!subject.document.instructions.empty() && subject.stages.all.empty())
    findings.add(0, "the file has no FROM");
}

}  // namespace crtune::check::rules
