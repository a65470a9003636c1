#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_protocol_casing(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "EXPOSE") continue;
    for (const auto& word : subject.at(i).words) {
      const auto slash = word.text.find('/');
      if (slash == std::string::npos || word.text.find('$') != std::string::npos) continue;
      const std::string wanted = word.text.substr(0, slash) + dockerfile::lower(word.text.substr(slash));
      if (wanted != word.text)
        findings.add_span(i, word.span, fmt::format("{} has capitals", shown(word.text)))
            .edit(word.span, wanted);
    }
  }
}

}  // namespace crtune::check::rules
