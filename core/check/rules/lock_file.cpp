#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_lock_file(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (call.words().size() < 2) continue;
    const auto& verb = call.words()[1];
    const bool npm = call.program() == "npm" && (verb.text == "install" || verb.text == "i") &&
                     call.operands(1, {"--prefix"}).empty() && !call.has({"-g", "--global"});
    const auto* context = subject.around.context;
    const bool locked = context != nullptr &&
                        (context->exists("package-lock.json") || context->exists("npm-shrinkwrap.json"));
    const bool yarn = (call.program() == "yarn" || call.program() == "pnpm") && verb.text == "install" &&
                      !call.has({"--frozen-lockfile", "--immutable"}) && call.operands(1, {}).empty();
    if (npm) {
      auto& found = findings.add_call(call, "npm install may change what the lock file says");
      if (!locked) found.as(model::Severity::info);
      if (locked && call.is_editable()) found.unsafe().edit(call.span_of(verb), "ci");
    } else if (yarn) {
      auto& found =
          findings
              .add_call(call, fmt::format("{} install may change what the lock file says", call.program()))
              .as(model::Severity::info)
              .unsafe();
      if (call.is_editable()) found.insert(call.after(verb), " --frozen-lockfile");
    }
  }
}

}  // namespace crtune::check::rules
