#include "core/base/edit_distance.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

// Names that the stage knows, for "did you mean".
std::vector<std::string_view> names_before(const Subject& subject, std::size_t stage, std::size_t end) {
  std::vector<std::string_view> out;
  for (const auto one : subject.stages.chain(stage))
    for (std::size_t i = subject.stages.all[one].from; i < std::min(end, subject.stages.all[one].end); ++i)
      for (const auto& assignment : subject.at(i).assignments) out.push_back(assignment.name);
  return out;
}

bool is_global(const Subject& subject, std::string_view name) {
  for (const auto& instruction : subject.document.instructions) {
    if (instruction.keyword == "FROM") return false;
    for (const auto& one : instruction.assignments)
      if (one.name == name) return true;
  }
  return false;
}

}  // namespace

void check_undefined_variable(const Subject& subject, Findings& findings) {
  constexpr std::size_t kMost = 200;
  std::size_t told = 0;
  for (std::size_t i = 0; i < subject.document.instructions.size() && told < kMost; ++i) {
    const auto stage = subject.facts(i).stage;
    const auto& instruction = subject.at(i);
    if (!stage || instruction.keyword == "FROM" || instruction.keyword == "ONBUILD") continue;
    for (std::size_t k = 0; k < subject.facts(i).words.size(); ++k)
      for (const auto& use : subject.facts(i).words[k].undeclared) {
        if (use.has_default) continue;
        const auto names = names_before(subject, *stage, i);
        const auto meant = base::nearest(use.name, names);
        const bool global = is_global(subject, use.name);
        const auto image = subject.stages.root_image(*stage);
        // The base image may set it; only scratch surely does not.
        const bool sure = meant || global || image == "scratch";
        const auto span = k < instruction.words.size() && instruction.assignments.empty()
                              ? instruction.words[k].span
                          : k < instruction.assignments.size() ? instruction.assignments[k].value_span
                                                               : instruction.keyword_span;
        auto& found =
            findings.add_span(i, span, fmt::format("nothing in this stage defines ${}", shown(use.name)));
        if (!sure) found.as(model::Severity::info);
        found.say(global  ? fmt::format("ARG {} in this stage", shown(use.name))
                  : meant ? fmt::format("did you mean ${}?", *meant)
                          : fmt::format("ARG {}=…, or ENV in the base image", shown(use.name)));
        ++told;
      }
  }
}

}  // namespace crtune::check::rules
