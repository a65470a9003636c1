#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"
#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_system_packages(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const std::size_t verb = system_install(call);
    if (verb == 0) continue;
    for (const auto* word :
         call.operands(verb, {"-t", "--virtual", "-o", "--repository", "-X", "-c", "--root"})) {
      const auto& text = word->text;
      const bool pinned = text.find_first_of("=~<>$*/") != std::string::npos || text.ends_with(".rpm") ||
                          text.ends_with(".deb") || text.starts_with('.') || text.starts_with('@');
      const bool rpm_version = !call.is({"apt-get", "apt", "apk"}) &&
                               std::any_of(text.begin(), text.end(), dockerfile::is_digit) &&
                               text.find('-') != std::string::npos;
      if (pinned || rpm_version) continue;
      findings.add_word(call, *word, fmt::format("{} has no version", shown(text)));
      break;  // one for each command is enough
    }
  }
}

}  // namespace crtune::check::rules
