#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_sudo(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const auto& words = call.command().words;
    if (words.empty() || words.front().text != "sudo") continue;
    auto& found = findings.add_word(call, words.front(), "RUN needs no sudo").unsafe();
    const bool plain = words.size() > 1 && !words[1].text.starts_with('-');
    if (call.is_editable() && plain)
      found.edit({call.span_of(words[0]).begin, call.span_of(words[1]).begin}, "");
  }
}

}  // namespace crtune::check::rules
