#include "core/check/rules/ports.hpp"

#include "core/dockerfile/characters.hpp"

#include <charconv>

namespace crtune::check::rules {

std::vector<ExposedPort> exposed_ports(const Subject& subject) {
  std::vector<ExposedPort> out;
  for (const auto i : subject.final_instructions) {
    if (subject.at(i).keyword != "EXPOSE") continue;
    for (std::size_t k = 0; k < subject.facts(i).words.size(); ++k) {
      const auto& value = subject.facts(i).words[k].value;
      if (!value) continue;
      const auto slash = value->find('/');
      if (slash != std::string::npos && dockerfile::lower(value->substr(slash + 1)) != "tcp") continue;
      const std::string number = value->substr(0, slash);
      ExposedPort port = {.instruction = i, .span = subject.at(i).words[k].span, .number = 0};
      const auto read = std::from_chars(number.data(), number.data() + number.size(), port.number);
      if (read.ec == std::errc() && read.ptr == number.data() + number.size()) out.push_back(port);
    }
  }
  return out;
}

}  // namespace crtune::check::rules
