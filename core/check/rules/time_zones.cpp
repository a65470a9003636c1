#include "core/check/known_bases.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_time_zones(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  const auto& base = subject.final_base();
  if (project == nullptr || !project->uses_time_zones || !base || !lacks_time_zones(*base)) return;
  for (const auto& instruction : subject.document.instructions) {
    const auto& text = instruction.joined.text();
    if (text.find("zoneinfo") != std::string::npos || text.find("tzdata") != std::string::npos) return;
  }
  std::string why;
  for (const auto& evidence : project->evidence)
    if (evidence.fact.starts_with("time zones"))
      why = fmt::format(" ({}:{})", shown(evidence.file), evidence.line);
  findings.add(subject.stages.all[*subject.stages.last()].from,
               fmt::format("the source uses time zones{}, and {} has none", why, shown(base->repository)));
}

}  // namespace crtune::check::rules
