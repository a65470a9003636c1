#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_unchecked_download(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if (instruction.keyword != "ADD" || instruction.flag("checksum") != nullptr) continue;
    for (std::size_t k = 0; k + 1 < instruction.words.size(); ++k) {
      const auto& text = instruction.words[k].text;
      const bool remote = text.starts_with("http://") || text.starts_with("https://");
      const bool git = text.find(".git") != std::string::npos;
      if (remote && !git)
        findings.add_span(i, instruction.words[k].span, "the file is fetched without a checksum")
            .say("ADD --checksum=sha256:… URL PATH");
    }
  }
}

}  // namespace crtune::check::rules
