#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_label_key(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "LABEL") continue;
    for (const auto& one : subject.at(i).assignments) {
      const std::string key = dockerfile::unquoted(one.name, subject.document.escape);
      const bool odd = std::any_of(key.begin(), key.end(), [](char c) {
        return !dockerfile::is_name(c) && c != '.' && c != '-' && c != '/' && c != '$' && c != '{' &&
               c != '}';
      });
      const bool ends = key.empty() || key.front() == '.' || key.front() == '-' || key.back() == '.' ||
                        key.back() == '-' || key.find("..") != std::string::npos ||
                        key.find("--") != std::string::npos;
      const bool reserved = key.starts_with("com.docker.") || key.starts_with("io.docker.") ||
                            key.starts_with("org.dockerproject.");
      if (odd || ends || reserved)
        findings.add_span(i, one.name_span,
                          reserved ? fmt::format("{} is Docker's own", shown(key))
                                   : fmt::format("'{}' is no label key", shown(key)));
    }
  }
}

}  // namespace crtune::check::rules
