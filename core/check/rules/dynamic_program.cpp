#include "core/check/known_bases.hpp"
#include "core/check/rules/go_builds.hpp"
#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_dynamic_program(const Subject& subject, Findings& findings) {
  const auto& base = subject.final_base();
  if (!base || !is_static_base(*base)) return;
  const auto last = subject.stages.last();
  for (const auto& build : go_builds(subject)) {
    if (build.stage == *last || build.cgo == "0" || build.cgo == "$") continue;
    const auto image = subject.base_of(build.stage);
    const bool golang = image && image->short_name() == "golang";
    // Alpine's image has no gcc, so that Go links statically there.
    const bool gcc = std::any_of(subject.calls.begin(), subject.calls.end(), [](const Call& call) {
      return system_install(call) > 0 && (call.has({"gcc", "build-base", "musl-dev", "g++"}));
    });
    if (!golang || (is_alpine(*image) && !gcc)) continue;
    if (build.call->has_prefix("-ldflags") || build.call->has({"-ldflags"})) {
      const bool is_static =
          std::any_of(build.call->words().begin(), build.call->words().end(),
                      [](const auto& word) { return word.text.find("-static") != std::string::npos; });
      if (is_static) continue;
    }
    const bool needs = subject.around.project != nullptr && subject.around.project->cgo;
    // Not every program imports net or os/user; most services do.
    auto& found = findings.add_call(
        *build.call,
        needs ? fmt::format("the program is linked with the C library, which {} has not",
                            shown(base->repository))
              : fmt::format(
                    "CGO_ENABLED is not 0: net and os/user then link with the C library, which {} has not",
                    shown(base->repository)));
    if (!needs) found.as(model::Severity::warning);
    if (needs) {
      found.say(
          "a static link: -tags netgo,osusergo -ldflags '-linkmode external -extldflags \"-static\"', or "
          "distroless/base");
    } else if (build.call->is_editable() && build.cgo.empty()) {
      found.unsafe().insert(build.call->span().begin, "CGO_ENABLED=0 ");
    }
  }
}

}  // namespace crtune::check::rules
