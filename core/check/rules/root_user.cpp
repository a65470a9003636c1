#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_root_user(const Subject& subject, Findings& findings) {
  const auto index = subject.last_final("USER");
  if (!index || subject.facts(*index).words.empty()) return;
  const auto& value = subject.facts(*index).words.front().value;
  if (!value) return;
  const auto name = value->substr(0, value->find(':'));
  if (name != "root" && name != "0") return;
  findings.add_span(*index, subject.at(*index).words.front().span, "the program runs as root")
      .unsafe()
      .edit(subject.at(*index).words.front().span, "65532:65532");
}

}  // namespace crtune::check::rules
