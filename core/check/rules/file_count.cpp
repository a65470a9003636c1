#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_file_count(const Subject& subject, Findings& findings) {
  for (const auto i : subject.final_instructions) {
    const auto& instruction = subject.at(i);
    const auto& words = subject.facts(i).words;
    if (instruction.keyword != "COPY" || words.size() < 2) continue;
    for (std::size_t k = 0; k + 1 < words.size(); ++k)
      if (words[k].value && last_part(*words[k].value) == "node_modules") {
        findings.add_span(i, instruction.words[k].span, "all of node_modules goes into the image");
        return;
      }
  }
}

}  // namespace crtune::check::rules
