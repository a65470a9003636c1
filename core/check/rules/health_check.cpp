#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

namespace crtune::check::rules {

void check_health_check(const Subject& subject, Findings& findings) {
  const auto index = subject.last_final("HEALTHCHECK");
  if (!index) return;
  const auto& instruction = subject.at(*index);
  if (dockerfile::upper(dockerfile::trim(instruction.body_text())) == "NONE") return;
  findings.add(*index, "Cloud Run ignores HEALTHCHECK")
      .unsafe()
      .say("startupProbe: and livenessProbe: in service.yaml, in place of this line")
      .edit(whole_lines(subject.document, instruction), "");
}

}  // namespace crtune::check::rules
