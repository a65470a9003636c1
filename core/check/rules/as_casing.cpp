#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_as_casing(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    const auto& from = subject.at(stage.from);
    if (from.words.size() != 3) continue;
    const std::string keyword(subject.document.slice(from.keyword_span));
    const auto& as = from.words[1];
    const bool upper = keyword == dockerfile::upper(keyword);
    const std::string wanted = upper ? "AS" : "as";
    if (as.text != wanted && (upper || keyword == dockerfile::lower(keyword)))
      findings
          .add_span(stage.from, as.span, fmt::format("'{}' and '{}' differ in case", keyword, shown(as.text)))
          .edit(as.span, wanted);
  }
}

}  // namespace crtune::check::rules
