#include "core/check/rules/rules.hpp"

#include <algorithm>
#include <array>

namespace crtune::check::rules {
namespace {

bool is_special(std::string_view source) {
  static constexpr std::array<std::string_view, 8> kArchives = {".tar",    ".tar.gz", ".tgz",  ".tar.bz2",
                                                                ".tar.xz", ".txz",    ".tbz2", ".tar.zst"};
  if (source.find("://") != std::string_view::npos || source.starts_with("git@") ||
      source.find('$') != std::string_view::npos)
    return true;
  return std::any_of(kArchives.begin(), kArchives.end(),
                     [&](std::string_view end) { return source.ends_with(end); });
}

}  // namespace

void check_add_for_copy(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if (instruction.keyword != "ADD" || instruction.words.size() < 2) continue;
    const bool special = std::any_of(instruction.words.begin(), instruction.words.end() - 1,
                                     [](const auto& word) { return is_special(word.text); });
    const bool own_flags = instruction.flag("checksum") != nullptr ||
                           instruction.flag("keep-git-dir") != nullptr ||
                           instruction.flag("unpack") != nullptr;
    // A pattern may name an archive, which ADD would unpack.
    const bool pattern =
        std::any_of(instruction.words.begin(), instruction.words.end() - 1,
                    [](const auto& word) { return word.text.find_first_of("*?[") != std::string::npos; });
    if (special || own_flags) continue;
    auto& found = findings.add(i, "ADD does what COPY does, and more");
    if (pattern) found.unsafe();
    const bool lower = subject.document.slice(instruction.keyword_span) == "add";
    found.edit(instruction.keyword_span, lower ? "copy" : "COPY");
  }
}

}  // namespace crtune::check::rules
