#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/instruction_reader.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_keyword_casing(const Subject& subject, Findings& findings) {
  std::size_t lower = 0;
  std::size_t upper = 0;
  const auto& all = subject.document.instructions;
  for (const auto& instruction : all) {
    const auto written = subject.document.slice(instruction.keyword_span);
    if (written == dockerfile::upper(written))
      ++upper;
    else if (written == dockerfile::lower(written))
      ++lower;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto written = subject.document.slice(all[i].keyword_span);
    const std::string wanted = lower > upper ? dockerfile::lower(written) : dockerfile::upper(written);
    if (written != wanted && dockerfile::is_keyword(all[i].keyword))
      findings
          .add(i, fmt::format("'{}' where most are in {} case", shown(written),
                              lower > upper ? "lower" : "upper"))
          .edit(all[i].keyword_span, wanted);
  }
}

}  // namespace crtune::check::rules
