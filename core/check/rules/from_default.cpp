#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_from_default(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    const auto& words = subject.facts(stage.from).words;
    if (words.empty() || words.front().uses.empty() || !words.front().undeclared.empty()) continue;
    for (std::size_t i = 0; i < stage.from && subject.at(i).keyword != "FROM"; ++i)
      for (const auto& one : subject.at(i).assignments) {
        const bool used =
            std::any_of(words.front().uses.begin(), words.front().uses.end(),
                        [&](const auto& use) { return use.name == one.name && !use.has_default; });
        if (used && !one.value)
          findings
              .add_span(stage.from, subject.at(stage.from).words.front().span,
                        fmt::format("{} has no value unless the build is given one", shown(one.name)))
              .say(fmt::format("ARG {}=…", shown(one.name)));
      }
  }
}

}  // namespace crtune::check::rules
