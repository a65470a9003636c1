#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_trusted_registry(const Subject& subject, Findings& findings) {
  const auto& trusted = subject.around.trusted_registries;
  if (trusted.empty()) return;
  const auto judge = [&](std::size_t index, dockerfile::Span span, std::string_view text) {
    const auto image = dockerfile::read_image_name(text);
    if (image.repository == "scratch" ||
        std::find(trusted.begin(), trusted.end(), image.registry) != trusted.end())
      return;
    findings.add_span(index, span,
                      fmt::format("{} is not among the trusted registries", shown(image.registry)));
  };
  for (const auto& stage : subject.stages.all)
    if (!stage.base_stage && stage.image && !stage.image->empty() && !subject.at(stage.from).words.empty())
      judge(stage.from, subject.at(stage.from).words.front().span, *stage.image);
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto* from = subject.at(i).keyword == "COPY" ? subject.at(i).flag("from") : nullptr;
    if (from != nullptr && from->value && from->value->find('$') == std::string::npos &&
        !subject.stages.find(*from->value, subject.facts(i).stage.value_or(0)))
      judge(i, from->span, *from->value);
  }
}

}  // namespace crtune::check::rules
