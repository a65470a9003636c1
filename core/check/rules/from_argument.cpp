#include "core/base/edit_distance.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_from_argument(const Subject& subject, Findings& findings) {
  std::vector<std::string_view> known;
  for (const auto& instruction : subject.document.instructions) {
    if (instruction.keyword == "FROM") break;
    for (const auto& one : instruction.assignments) known.push_back(one.name);
  }
  for (const auto& stage : subject.stages.all) {
    const auto& words = subject.facts(stage.from).words;
    std::vector<dockerfile::VariableUse> missing;
    if (!words.empty()) missing = words.front().undeclared;
    for (const auto& flag : subject.facts(stage.from).flags)
      missing.insert(missing.end(), flag.undeclared.begin(), flag.undeclared.end());
    for (const auto& use : missing) {
      const auto meant = base::nearest(use.name, known);
      auto& found =
          findings.add(stage.from, fmt::format("no ARG {} stands above the first FROM", shown(use.name)));
      found.say(meant ? fmt::format("did you mean {}?", *meant) : fmt::format("ARG {}=…", shown(use.name)));
    }
  }
}

}  // namespace crtune::check::rules
