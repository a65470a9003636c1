#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

namespace crtune::check::rules {

void check_apt_lists(const Subject& subject, Findings& findings) {
  for (const auto i : subject.final_instructions) {
    if (subject.at(i).keyword != "RUN" || mounts(subject.at(i), "/var/lib/apt")) continue;
    const Call* update = nullptr;
    for (const auto& call : subject.calls_of(i))
      if (call.is({"apt-get", "apt"}) && call.has({"update"})) update = &call;
    if (update == nullptr || mentions(subject, i, "/var/lib/apt")) continue;
    append_command(findings.add_call(*update, "the package lists that this fetches stay in the image"),
                   subject, *update, "rm -rf /var/lib/apt/lists/*");
  }
}

}  // namespace crtune::check::rules
