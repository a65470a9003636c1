#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/words.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_maintainer(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if (instruction.keyword != "MAINTAINER" || instruction.words.empty()) continue;
    auto& found = findings.add(i, "MAINTAINER is deprecated");
    const std::string name =
        dockerfile::unquoted(dockerfile::trim(instruction.body_text()), subject.document.escape);
    const bool plain =
        name.find_first_of("\"\\$`") == std::string::npos && instruction.first_line == instruction.last_line;
    if (plain)
      found.edit({instruction.keyword_span.begin, instruction.words.back().span.end},
                 fmt::format("LABEL org.opencontainers.image.authors=\"{}\"", name));
  }
}

}  // namespace crtune::check::rules
