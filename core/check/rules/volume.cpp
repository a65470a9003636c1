#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_volume(const Subject& subject, Findings& findings) {
  const auto index = subject.last_final("VOLUME");
  if (index)
    findings.add(*index, "Cloud Run ignores VOLUME")
        .unsafe()
        .say("volumes: in service.yaml, in place of this line")
        .edit(whole_lines(subject.document, subject.at(*index)), "");
}

}  // namespace crtune::check::rules
