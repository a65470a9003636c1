#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_ignored_source(const Subject& subject, Findings& findings) {
  const auto* context = subject.around.context;
  if (context == nullptr || context->ignore_path.empty()) return;
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (!subject.copies_context(i)) continue;
    for (const auto& source : context_sources(subject.at(i), subject.facts(i))) {
      const std::string path = context_path(source);
      if (path.empty() || path.find_first_of("*?[") != std::string::npos || !context->exists(source))
        continue;
      const auto line = context->ignore.hiding_line(path);
      if (line == 0 || !context->sent_by(source).empty()) continue;
      findings
          .add_span(i, subject.at(i).words.front().span,
                    fmt::format("line {} of .dockerignore hides {}", line, shown(source)))
          .say(fmt::format("in .dockerignore: !{}", shown(path)));
    }
  }
}

}  // namespace crtune::check::rules
