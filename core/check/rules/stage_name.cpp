#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

#include <map>

namespace crtune::check::rules {

void check_stage_name(const Subject& subject, Findings& findings) {
  std::map<std::string, std::size_t> seen;
  for (const auto& stage : subject.stages.all) {
    if (stage.name.empty()) continue;
    const auto place = seen.emplace(dockerfile::lower(stage.name), stage.from);
    if (!place.second)
      findings.add_span(stage.from, subject.at(stage.from).words.back().span,
                        fmt::format("line {} has a stage named {} already",
                                    subject.at(place.first->second).first_line, shown(stage.name)));
  }
}

}  // namespace crtune::check::rules
