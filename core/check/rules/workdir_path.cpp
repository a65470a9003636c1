#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_workdir_path(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "WORKDIR" || subject.facts(i).words.empty()) continue;
    const auto& value = subject.facts(i).words.front().value;
    const bool windows = value && value->size() > 1 && (*value)[1] == ':';
    if (!value || value->empty() || value->starts_with('/') || windows ||
        value->find('\\') != std::string::npos)
      continue;
    const auto& before = subject.workdirs[i];
    auto& found =
        findings.add_span(i, subject.at(i).words.front().span,
                          before.empty() ? fmt::format("{} depends on the base image", shown(*value))
                                         : fmt::format("{} lies below {}", shown(*value), shown(before)));
    if (before.empty())
      found.unsafe().edit(subject.at(i).words.front().span, "/" + *value);
    else if (value->find(' ') == std::string::npos)
      found.as(model::Severity::info).edit(subject.at(i).words.front().span, image_path(before, *value));
  }
}

}  // namespace crtune::check::rules
