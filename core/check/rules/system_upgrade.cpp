#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_system_upgrade(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const bool upgrades =
        (call.is({"apt-get", "apt"}) && call.has({"dist-upgrade", "upgrade", "full-upgrade"})) ||
        (call.is({"zypper"}) && call.has({"dist-upgrade", "dup", "update", "up"})) ||
        (call.is({"apk"}) && call.has({"upgrade"})) ||
        (call.is({"yum", "dnf"}) && call.has({"update", "upgrade"}) && call.words().size() < 4);
    if (upgrades)
      findings.add_call(call, fmt::format("{} upgrades whatever is newer that day", shown(call.program())));
  }
}

}  // namespace crtune::check::rules
