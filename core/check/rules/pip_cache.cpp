#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <algorithm>

namespace crtune::check::rules {

void check_pip_cache(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const std::size_t verb = pip_install(call);
    const auto stage = subject.facts(call.instruction()).stage;
    if (verb == 0 || !stage || !subject.is_final(call.instruction())) continue;
    const auto& instruction = subject.at(call.instruction());
    if (call.has({"--no-cache-dir"}) || mounts(instruction, "/root/.cache") || mounts(instruction, "/home"))
      continue;
    if (subject.stage_sets(*stage, "PIP_NO_CACHE_DIR") ||
        mentions(subject, call.instruction(), "/root/.cache"))
      continue;
    const bool is_set =
        std::any_of(call.command().assignments.begin(), call.command().assignments.end(),
                    [](const auto& one) { return one.text.starts_with("PIP_NO_CACHE_DIR="); });
    if (is_set) continue;
    auto& found = findings.add_word(call, call.words()[verb], "pip keeps its cache in the image");
    if (call.is_editable()) found.insert(call.after(call.words()[verb]), " --no-cache-dir");
  }
}

}  // namespace crtune::check::rules
