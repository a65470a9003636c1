#include "core/base/edit_distance.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_unknown_stage(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto* from = subject.at(i).keyword == "COPY" ? subject.at(i).flag("from") : nullptr;
    const auto stage = subject.facts(i).stage;
    if (from == nullptr || !from->value || !stage || from->value->find('$') != std::string::npos) continue;
    const std::string& name = *from->value;
    const bool is_image = name.find_first_of(":/@.") != std::string::npos;
    if (is_image || name == "context" || subject.stages.find(name, *stage + 1)) continue;
    std::vector<std::string_view> names;
    for (std::size_t k = 0; k < *stage; ++k)
      if (!subject.stages.all[k].name.empty()) names.push_back(subject.stages.all[k].name);
    const bool later = subject.stages.find(name, subject.stages.all.size()).has_value();
    const bool number = name.find_first_not_of("0123456789") == std::string::npos;
    auto& found = findings.add_span(i, from->span,
                                    later ? fmt::format("stage {} comes later", shown(name))
                                          : fmt::format("there is no stage {}", shown(name)));
    if (later || number) found.as(model::Severity::error);
    if (const auto meant = base::nearest(name, names); meant && !later)
      found.unsafe().edit(from->span, fmt::format("--from={}", *meant));
  }
}

}  // namespace crtune::check::rules
