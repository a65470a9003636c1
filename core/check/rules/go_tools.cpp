#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_go_tools(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    if (call.program() != "go" || call.words().size() < 3) continue;
    const auto& verb = call.words()[1].text;
    if (verb != "install" && verb != "run" && verb != "get") continue;
    for (const auto* word : call.operands(1, {"-tags", "-ldflags", "-o", "-mod", "-p"})) {
      const auto at = word->text.find('@');
      const auto first = std::string_view(word->text).substr(0, word->text.find('/'));
      const bool remote = first.size() < word->text.size() && first.find('.') != std::string_view::npos &&
                          !first.starts_with('.');
      const bool moves =
          at != std::string::npos && (word->text.substr(at) == "@latest" ||
                                      word->text.substr(at) == "@master" || word->text.substr(at) == "@main");
      // Without "@" go.mod may hold the version.
      if (remote &&
          (moves || (at == std::string::npos && verb == "install" && subject.around.project == nullptr)))
        findings.add_word(call, *word, fmt::format("{} moves", shown(word->text)))
            .say(fmt::format("{}@vVERSION", shown(word->text.substr(0, at))));
      break;
    }
  }
}

}  // namespace crtune::check::rules
