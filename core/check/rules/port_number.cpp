#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace crtune::check::rules {

void check_port_number(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "EXPOSE") continue;
    for (std::size_t k = 0; k < subject.facts(i).words.size(); ++k) {
      const auto& value = subject.facts(i).words[k].value;
      if (!value || !subject.facts(i).words[k].undeclared.empty() || value->find(':') != std::string::npos)
        continue;
      std::string_view range = std::string_view(*value).substr(0, value->find('/'));
      bool wrong = range.empty();
      while (!range.empty()) {
        const auto dash = std::min(range.find('-'), range.size());
        std::uint32_t number = 0;
        const auto read = std::from_chars(range.data(), range.data() + dash, number);
        wrong = wrong || read.ec != std::errc() || read.ptr != range.data() + dash || number == 0 ||
                number > 65535;
        range.remove_prefix(std::min(dash + 1, range.size()));
      }
      if (wrong)
        findings.add_span(i, subject.at(i).words[k].span, fmt::format("'{}' is no port", shown(*value)));
    }
  }
}

}  // namespace crtune::check::rules
