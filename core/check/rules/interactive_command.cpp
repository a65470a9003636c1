#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::check::rules {

void check_interactive_command(const Subject& subject, Findings& findings) {
  static constexpr std::array<std::string_view, 14> kNames = {
      "ssh",  "vim", "vi",   "nano",  "shutdown", "service",   "ps",
      "free", "top", "kill", "mount", "ifconfig", "systemctl", "reboot"};
  for (const auto& call : subject.calls)
    if (std::find(kNames.begin(), kNames.end(), call.program()) != kNames.end())
      findings.add_word(call, call.words().front(),
                        fmt::format("{} does nothing useful in a build", call.program()));
}

}  // namespace crtune::check::rules
