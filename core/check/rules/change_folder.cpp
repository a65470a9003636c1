#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_change_folder(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const bool first = !subject.calls_of(call.instruction()).empty() &&
                       &subject.calls_of(call.instruction()).front() == &call;
    if (call.program() == "cd" && first && call.words().size() == 2)
      findings.add_call(call, "this RUN changes its folder")
          .say(fmt::format("WORKDIR {} before this line", shown(call.words()[1].text)));
  }
}

}  // namespace crtune::check::rules
