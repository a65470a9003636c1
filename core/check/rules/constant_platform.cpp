#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_constant_platform(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    const auto* flag = subject.at(stage.from).flag("platform");
    if (flag == nullptr || !flag->value || flag->value->empty() ||
        flag->value->find('$') != std::string::npos)
      continue;
    auto& found = findings.add_span(stage.from, flag->span,
                                    fmt::format("the platform is fixed to {}", shown(*flag->value)));
    // Cloud Run wants amd64, and DF436 tells of others.
    if (*flag->value == "linux/amd64") found.as(model::Severity::info);
    found.unsafe();
    const auto& words = subject.at(stage.from).words;
    if (!words.empty())
      found.edit({flag->span.begin, flag->span.end + (subject.document.text[flag->span.end] == ' ' ? 1 : 0)},
                 "");
  }
}

}  // namespace crtune::check::rules
