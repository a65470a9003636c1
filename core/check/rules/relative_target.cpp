#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_relative_target(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if ((instruction.keyword != "COPY" && instruction.keyword != "ADD") || instruction.words.size() < 2)
      continue;
    const auto stage = subject.facts(i).stage;
    const auto& target = subject.facts(i).words.back().value;
    if (!stage || !target || target->empty() || target->starts_with('/') || !subject.workdirs[i].empty())
      continue;
    if (target->size() > 1 && (*target)[1] == ':') continue;  // a drive of Windows
    bool has_workdir = false;
    for (const auto one : subject.stages.chain(*stage))
      for (std::size_t k = subject.stages.all[one].from; k < std::min(subject.stages.all[one].end, i); ++k)
        has_workdir = has_workdir || subject.at(k).keyword == "WORKDIR";
    if (!has_workdir)
      findings
          .add_span(i, instruction.words.back().span,
                    fmt::format("where {} is depends on the base image", shown(*target)))
          .say("WORKDIR /app before this line");
  }
}

}  // namespace crtune::check::rules
