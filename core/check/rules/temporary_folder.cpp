#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

namespace crtune::check::rules {

void check_temporary_folder(const Subject& subject, Findings& findings) {
  if (!subject.final_is_scratch() || !start_instruction(subject)) return;
  for (const auto i : subject.final_instructions) {
    const auto& words = subject.facts(i).words;
    const bool copies = subject.at(i).keyword == "COPY" || subject.at(i).keyword == "ADD";
    const bool to_root = copies && !words.empty() && words.back().value &&
                         (*words.back().value == "/" || words.back().value->find("/tmp") == 0);
    const bool a_folder = to_root && (words.front().value &&
                                      last_part(*words.front().value).find('.') == std::string_view::npos);
    if (a_folder && (*words.back().value != "/" || words.front().value->ends_with('/') ||
                     words.front().value->find("root") != std::string::npos))
      return;
    if (subject.at(i).keyword == "WORKDIR" && !words.empty() && words.front().value &&
        words.front().value->starts_with("/tmp"))
      return;
  }
  findings.add(subject.stages.all[*subject.stages.last()].from, "scratch has no /tmp, and nothing makes one");
}

}  // namespace crtune::check::rules
