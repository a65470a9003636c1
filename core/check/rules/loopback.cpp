#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

namespace crtune::check::rules {

void check_loopback(const Subject& subject, Findings& findings) {
  const auto index = start_instruction(subject);
  if (!index) return;
  const auto* project = subject.around.project;
  if (project != nullptr && project->port.loopback) {
    findings.add(*index, "the source listens on the loopback address").say("listen on :PORT in the source");
    return;
  }
  for (const std::string_view keyword : {"ENTRYPOINT", "CMD"}) {
    const auto at = subject.last_final(keyword);
    if (!at) continue;
    for (const auto& word : subject.at(*at).words) {
      const bool loopback = word.text.find("127.0.0.1:") != std::string::npos || word.text == "127.0.0.1" ||
                            word.text == "--host=127.0.0.1" || word.text == "--host=localhost";
      if (loopback && word.text.find("://") == std::string::npos)
        findings.add_span(*at, word.span, "the program is told to listen on the loopback address")
            .say("0.0.0.0 in its place");
    }
  }
}

}  // namespace crtune::check::rules
