#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_wget_progress(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (call.program() != "wget" || call.has({"--quiet", "--no-verbose", "-nv"}) || call.has_letter('q') ||
        call.has_prefix("--progress") || call.has_letter('o') || call.has_letter('a'))
      continue;
    if (call.words().size() < 2) continue;
    auto& found = findings.add_word(call, call.words().front(), "wget prints its progress line by line");
    if (call.is_editable()) found.insert(call.after(call.words().front()), " --progress=dot:giga");
  }
}

}  // namespace crtune::check::rules
