#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_assume_yes(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const std::size_t verb = system_install(call);
    if (verb == 0 || call.program() == "apk") continue;
    const bool zypper = call.program() == "zypper";
    const bool yes = call.has_letter('y') ||
                     call.has({"--yes", "--assume-yes", "--assumeyes", "-qq", "--force-yes"}) ||
                     call.has_prefix("APT::Get::Assume-Yes") ||
                     (zypper && (call.has_letter('n') || call.has({"--non-interactive", "--no-confirm"})));
    if (yes) continue;
    auto& found = findings.add_word(call, call.words()[verb],
                                    fmt::format("{} asks before it installs", call.program()));
    if (!call.is_editable()) continue;
    if (zypper)
      found.insert(call.after(call.words().front()), " --non-interactive");
    else
      found.insert(call.after(call.words()[verb]), " -y");
  }
}

}  // namespace crtune::check::rules
