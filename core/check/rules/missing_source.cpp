#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_missing_source(const Subject& subject, Findings& findings) {
  const auto* context = subject.around.context;
  if (context == nullptr || !context->complete) return;
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (!subject.copies_context(i)) continue;
    for (const auto& source : context_sources(subject.at(i), subject.facts(i))) {
      if (context->exists(source) || context->ignore.hides(context_path(source))) continue;
      const bool pattern = source.find_first_of("*?[") != std::string::npos;
      // Such as package-lock.json*: it may be there or not.
      auto& found = findings.add_span(i, subject.at(i).words.front().span,
                                      fmt::format("there is no {} in the build context", shown(source)));
      if (pattern) found.as(model::Severity::info);
    }
  }
}

}  // namespace crtune::check::rules
