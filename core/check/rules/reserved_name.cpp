#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_reserved_name(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    const std::string name = dockerfile::lower(stage.name);
    if (name == "scratch" || name == "context")
      findings.add_span(stage.from, subject.at(stage.from).words.back().span,
                        fmt::format("'{}' is reserved", shown(stage.name)));
  }
}

}  // namespace crtune::check::rules
