#include "core/check/known_bases.hpp"
#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_no_user(const Subject& subject, Findings& findings) {
  if (subject.last_final("USER") || !subject.final_base() || is_nonroot_base(*subject.final_base())) return;
  const auto stage = *subject.stages.last();
  const auto index = subject.stages.all[stage].from;
  const auto start = start_instruction(subject);
  // A base of one's own may set it; public ones of this kind do not.
  const bool known = subject.final_base()->repository.find('/') == std::string::npos ||
                     subject.final_base()->registry != "docker.io";
  auto& found = findings.add(start.value_or(index), "no USER is set, so the program runs as root").unsafe();
  if (!known) found.as(model::Severity::info);
  if (start && *start > index) {
    found.insert(whole_lines(subject.document, subject.at(*start)).begin,
                 fmt::format("USER 65532:65532{}", line_end(subject.document)));
    found.say("USER 65532:65532");
  }
}

}  // namespace crtune::check::rules
