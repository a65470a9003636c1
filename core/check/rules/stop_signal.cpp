#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_stop_signal(const Subject& subject, Findings& findings) {
  const auto index = subject.last_final("STOPSIGNAL");
  if (!index || subject.at(*index).words.empty()) return;
  const auto signal = dockerfile::upper(subject.at(*index).words.front().text);
  if (signal == "SIGTERM" || signal == "TERM" || signal == "15") return;
  findings.add_span(*index, subject.at(*index).words.front().span,
                    fmt::format("Cloud Run sends SIGTERM, not {}", shown(signal)));
}

}  // namespace crtune::check::rules
