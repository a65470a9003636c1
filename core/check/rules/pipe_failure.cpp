#include "core/check/known_bases.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

// The shell that RUN of this stage uses, as far as the file says.
bool shell_has_pipefail(const Subject& subject, std::size_t stage, std::size_t before) {
  for (const auto one : subject.stages.chain(stage))
    for (std::size_t i = std::min(before, subject.stages.all[one].end); i-- > subject.stages.all[one].from;) {
      if (subject.at(i).keyword != "SHELL") continue;
      const auto& words = subject.at(i).words;
      const bool other = !words.empty() && (words.front().text.find("powershell") != std::string::npos ||
                                            words.front().text.find("pwsh") != std::string::npos ||
                                            words.front().text.find("cmd") != std::string::npos);
      return other || std::any_of(words.begin(), words.end(), [](const auto& word) {
               return word.text == "pipefail" || word.text.find("pipefail") != std::string::npos;
             });
    }
  return false;
}

}  // namespace

void check_pipe_failure(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto stage = subject.facts(i).stage;
    if (subject.at(i).keyword != "RUN" || !stage || shell_has_pipefail(subject, *stage, i)) continue;
    const Call* pipe = nullptr;
    bool is_set = false;
    for (const auto& call : subject.calls_of(i)) {
      if (call.program() == "set" && call.has({"pipefail"})) is_set = true;
      const bool harmless = call.is({"echo", "printf", "yes", "cat"});
      if (call.command().after == dockerfile::ShellOperator::pipe && !harmless && pipe == nullptr && !is_set)
        pipe = &call;
    }
    if (pipe == nullptr) continue;
    auto& found =
        findings.add_call(*pipe, fmt::format("if {} fails, the build goes on", shown(pipe->program())));
    const auto base = subject.base_of(*stage);
    found.say("SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"] before this line").unsafe();
    const auto& words = subject.at(i).words;
    if (!pipe->is_editable() || words.empty() || !subject.at(i).heredocs.empty()) continue;
    // busybox's shell knows the option; Debian's dash does not.
    if (base && is_alpine(*base)) {
      found.safety = Safety::safe;
      found.finding.fix.clear();
      found.insert(words.front().span.begin, "set -o pipefail && ");
    } else if (base && !has_no_shell(*base)) {
      found.insert(
          whole_lines(subject.document, subject.at(i)).begin,
          fmt::format("SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]{}", line_end(subject.document)));
    }
  }
}

}  // namespace crtune::check::rules
