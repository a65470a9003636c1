#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_stage_casing(const Subject& subject, Findings& findings) {
  for (std::size_t k = 0; k < subject.stages.all.size(); ++k) {
    const auto& stage = subject.stages.all[k];
    const std::string lower = dockerfile::lower(stage.name);
    if (stage.name.empty() || lower == stage.name || stage.name.find('$') != std::string::npos) continue;
    auto& found = findings.add_span(stage.from, subject.at(stage.from).words.back().span,
                                    fmt::format("'{}' has capitals", shown(stage.name)));
    found.edit(subject.at(stage.from).words.back().span, lower);
    // Who names the stage must go along.
    for (std::size_t i = stage.end; i < subject.document.instructions.size(); ++i) {
      const auto& instruction = subject.at(i);
      const auto* from = instruction.flag("from");
      if (from != nullptr && from->value == stage.name) found.edit(from->span, "--from=" + lower);
      const bool base = instruction.keyword == "FROM" && !instruction.words.empty() &&
                        instruction.words.front().text == stage.name;
      if (base) found.edit(instruction.words.front().span, lower);
    }
  }
}

}  // namespace crtune::check::rules
