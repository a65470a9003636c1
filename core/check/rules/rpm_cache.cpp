#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_rpm_cache(const Subject& subject, Findings& findings) {
  for (const auto i : subject.final_instructions) {
    const Call* install = nullptr;
    bool cleans = mounts(subject.at(i), "/var/cache") || mentions(subject, i, "/var/cache/");
    for (const auto& call : subject.calls_of(i)) {
      if (!call.is({"yum", "dnf", "microdnf", "zypper"})) continue;
      if (system_install(call) > 0) install = &call;
      if (call.has({"clean", "cc"})) cleans = true;
    }
    if (install == nullptr || cleans) continue;
    const std::string clean =
        install->program() == "zypper" ? "zypper clean" : fmt::format("{} clean all", install->program());
    append_command(
        findings.add_call(*install, fmt::format("the cache of {} stays in the image", install->program())),
        subject, *install, clean);
  }
}

}  // namespace crtune::check::rules
