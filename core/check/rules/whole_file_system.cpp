#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_whole_file_system(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    const auto& words = subject.facts(i).words;
    if (instruction.keyword != "COPY" || instruction.flag("from") == nullptr || words.size() != 2) continue;
    if (!words[0].value || !words[1].value || *words[0].value != "/" || *words[1].value != "/") continue;
    const auto stage = subject.facts(i).stage;
    if (stage && subject.stages.all[*stage].image == "scratch") continue;  // a squash, on purpose
    findings.add_span(i, instruction.words.front().span, "the whole file system of another image is copied")
        .say("COPY --from=… the folders that are needed");
  }
}

}  // namespace crtune::check::rules
