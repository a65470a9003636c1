#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <algorithm>

namespace crtune::check::rules {

void check_fat_jar(const Subject& subject, Findings& findings) {
  const auto index = start_instruction(subject);
  if (!index || subject.scripts[*index].empty()) return;
  for (const auto& command : subject.scripts[*index].front().commands()) {
    if (command.program() != "java" || !command.has("-jar")) continue;
    const bool shares = std::any_of(command.words.begin(), command.words.end(), [](const auto& word) {
      return word.text.starts_with("-XX:SharedArchiveFile") || word.text.starts_with("-XX:AOTCache");
    });
    const bool extracts = std::any_of(subject.calls.begin(), subject.calls.end(), [](const Call& call) {
      return call.has({"extract"}) || call.has_prefix("-Djarmode");
    });
    if (!shares && !extracts)
      findings.add_span(*index, subject.at(*index).words.front().span,
                        "the jar is unpacked at each start, without shared class data");
    return;
  }
}

}  // namespace crtune::check::rules
