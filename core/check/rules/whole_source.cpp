#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::check::rules {
namespace {

// Programs that are run from their sources need at least those.
bool runs_from_source(const Subject& subject) {
  if (const auto* project = subject.around.project; project != nullptr && !project->language.empty()) {
    const auto& language = project->language;
    return language == "node" || language == "python" || language == "ruby" || language == "static";
  }
  const auto& base = subject.final_base();
  if (!base) return false;
  static constexpr std::array<std::string_view, 8> kNames = {"node",  "python", "ruby", "php",
                                                             "nginx", "httpd",  "bun",  "deno"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return base->short_name().starts_with(name); });
}

// Whether a stage copies the whole context into this folder.
bool holds_context(const Subject& subject, std::size_t stage, std::string_view folder) {
  const auto& one = subject.stages.all[stage];
  for (std::size_t i = one.from; i < one.end; ++i) {
    if (!subject.copies_context(i)) continue;
    for (const auto& source : context_sources(subject.at(i), subject.facts(i))) {
      const auto& target = subject.facts(i).words.back().value;
      if (context_path(source).empty() && target && image_path(subject.workdirs[i], *target) == folder)
        return true;
    }
  }
  return false;
}

}  // namespace

void check_whole_source(const Subject& subject, Findings& findings) {
  const auto severity = runs_from_source(subject) ? model::Severity::info : model::Severity::warning;
  for (const auto i : subject.final_instructions) {
    const auto& instruction = subject.at(i);
    if (instruction.keyword != "COPY" || instruction.words.size() < 2) continue;
    const auto* from = instruction.flag("from");
    if (from == nullptr) {
      for (const auto& source : context_sources(instruction, subject.facts(i)))
        if (context_path(source).empty())
          findings
              .add_span(i, instruction.words.front().span, "the whole build context is copied into the image")
              .say("COPY what the program opens, by name, or build in an earlier stage and COPY --from it")
              .as(severity);
      continue;
    }
    const auto stage =
        from->value ? subject.stages.find(*from->value, *subject.facts(i).stage) : std::nullopt;
    const auto& source = subject.facts(i).words.front().value;
    if (stage && source && holds_context(subject, *stage, image_path("/", *source)))
      findings
          .add_span(i, instruction.words.front().span,
                    fmt::format("{} holds the whole source tree, which is copied along", shown(*source)))
          .say("COPY --from the built program, and the files that it opens")
          .as(severity);
  }
}

}  // namespace crtune::check::rules
