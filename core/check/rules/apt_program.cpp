#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_apt_program(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (call.program() != "apt") continue;
    const bool cache = call.has({"search", "show", "policy", "list"});
    auto& found = findings.add_word(call, call.words().front(), "apt is no interface for scripts");
    if (call.is_editable() && call.words().front().text == "apt" && !call.has({"list"}))
      found.edit(call.span_of(call.words().front()), cache ? "apt-cache" : "apt-get");
  }
}

}  // namespace crtune::check::rules
