#include "core/check/known_bases.hpp"
#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_certificates(const Subject& subject, Findings& findings) {
  const auto& base = subject.final_base();
  if (!base || !lacks_certificates(*base) || !start_instruction(subject)) return;
  for (const auto i : subject.final_instructions) {
    const auto& text = subject.at(i).joined.text();
    if (text.find("ca-certificates") != std::string::npos || text.find("/ssl") != std::string::npos ||
        text.find("certs") != std::string::npos || text.find("/rootfs") != std::string::npos)
      return;
    // A whole file system may bring it.
    const auto& words = subject.facts(i).words;
    if (subject.at(i).keyword == "COPY" && !words.empty() && words.back().value &&
        (*words.back().value == "/" || words.back().value->starts_with("/etc")))
      return;
  }
  findings.add(subject.stages.all[*subject.stages.last()].from,
               fmt::format("{} has no CA bundle, and nothing copies one", shown(base->repository)));
}

}  // namespace crtune::check::rules
