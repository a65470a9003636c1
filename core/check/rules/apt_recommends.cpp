#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

namespace crtune::check::rules {

void check_apt_recommends(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (!subject.is_final(call.instruction()) || !call.is({"apt-get", "apt"}) || system_install(call) == 0)
      continue;
    if (call.has({"--no-install-recommends"}) || call.has_prefix("APT::Install-Recommends")) continue;
    const auto& verb = call.words()[system_install(call)];
    auto& found = findings.add_word(call, verb, "recommended packages are installed too").unsafe();
    if (call.is_editable()) found.insert(call.after(verb), " --no-install-recommends");
  }
}

}  // namespace crtune::check::rules
