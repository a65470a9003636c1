#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_shell_link(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const auto operands = call.operands(0, {});
    if (call.program() == "ln" && !operands.empty() && operands.back()->text == "/bin/sh")
      findings.add_call(call, "the image's shell is replaced").say("SHELL [\"/bin/bash\", \"-c\"]");
  }
}

}  // namespace crtune::check::rules
