#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_same_content(const Subject& subject, Findings& findings) {
  constexpr std::size_t kMost = 20;
  std::size_t said = 0;
  for (const auto& group : subject.analysis.duplicates) {
    // Of copies that are all the base image's nobody can leave one out.
    std::vector<EntryId> copies;
    for (const auto path : group.paths) {
      const EntryId id = subject.files.holder(path);
      if (id != kNoEntry && subject.is_users(subject.files.layer_of(id))) copies.push_back(id);
    }
    if (copies.empty()) continue;
    if (said++ == kMost) break;
    const bool base_has_one = copies.size() < group.paths.size();
    const EntryId last = copies.back();
    const std::string kept = subject.image.paths.text(
        base_has_one || group.paths.front() != subject.files.path_of(last) ? group.paths.front()
                                                                           : group.paths[1]);
    const std::string path = base::one_line(subject.path_text(last), 100);
    const std::uint64_t saved = group.bytes * (copies.size() - (base_has_one ? 0 : 1));
    const std::string line = base::one_line(kept, 100);
    auto& finding = findings.add_file(
        last,
        fmt::format("{} paths have {}same content, {} among them", group.paths.size(),
                    subject.analysis.duplicates_are_estimated ? "as far as probes tell the " : "the ", line),
        fmt::format("RUN ln -sf {} {}  in place of the copy", line, path));
    finding.bytes = saved;
    finding.severity = severity_of(subject, saved);
  }
}

}  // namespace crtune::analysis::rules
