#include "core/check/rules/go_builds.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_cgo_disabled(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  if (project == nullptr || project->language != "go" || !project->cgo) return;
  for (const auto& build : go_builds(subject)) {
    if (build.cgo != "0") continue;
    std::string why;
    for (const auto& evidence : project->evidence)
      if (evidence.fact.starts_with("cgo:"))
        why = fmt::format(" ({}:{})", shown(evidence.file), evidence.line);
    findings.add_call(*build.call, fmt::format("CGO_ENABLED=0, and the source needs cgo{}", why));
  }
}

}  // namespace crtune::check::rules
