#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_default_platform(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    const auto* flag = subject.at(stage.from).flag("platform");
    if (flag == nullptr || (flag->value != "$TARGETPLATFORM" && flag->value != "${TARGETPLATFORM}")) continue;
    const bool blank = subject.document.text[flag->span.end] == ' ';
    findings.add_span(stage.from, flag->span, "this is the default")
        .edit({flag->span.begin, flag->span.end + (blank ? 1U : 0U)}, "");
  }
}

}  // namespace crtune::check::rules
