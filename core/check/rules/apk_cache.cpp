#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

namespace crtune::check::rules {

void check_apk_cache(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (!subject.is_final(call.instruction()) || call.program() != "apk" || system_install(call) == 0)
      continue;
    const auto& instruction = subject.at(call.instruction());
    if (call.has({"--no-cache"}) || mounts(instruction, "/var/cache/apk") ||
        mounts(instruction, "/etc/apk/cache"))
      continue;
    if (mentions(subject, call.instruction(), "/var/cache/apk")) continue;
    const auto& verb = call.words()[system_install(call)];
    auto& found = findings.add_word(call, verb, "apk keeps its index in the image");
    if (call.is_editable()) found.insert(call.after(verb), " --no-cache");
  }
}

}  // namespace crtune::check::rules
