#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_port_mapping(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "EXPOSE") continue;
    for (const auto& word : subject.at(i).words) {
      const auto colon = word.text.rfind(':');
      if (colon == std::string::npos || word.text.find('$') != std::string::npos) continue;
      findings.add_span(i, word.span, fmt::format("{} maps a port, which EXPOSE cannot", shown(word.text)))
          .edit(word.span, word.text.substr(colon + 1));
    }
  }
}

}  // namespace crtune::check::rules
