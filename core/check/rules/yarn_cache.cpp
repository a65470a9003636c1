#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

namespace crtune::check::rules {

void check_yarn_cache(const Subject& subject, Findings& findings) {
  for (const auto i : subject.final_instructions) {
    const Call* install = nullptr;
    bool cleans = mounts(subject.at(i), "/usr/local/share/.cache") || mounts(subject.at(i), "/root/.yarn") ||
                  mounts(subject.at(i), "/root/.cache");
    for (const auto& call : subject.calls_of(i)) {
      if (call.program() != "yarn") continue;
      if (call.words().size() == 1 || call.has({"install", "add"})) install = &call;
      if (call.has({"clean"})) cleans = true;
    }
    if (install != nullptr && !cleans)
      append_command(findings.add_call(*install, "yarn keeps its cache in the image"), subject, *install,
                     "yarn cache clean");
  }
}

}  // namespace crtune::check::rules
