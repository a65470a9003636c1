#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/packaged_paths.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace crtune::analysis::rules {

namespace {

// Smaller savings are not worth a link.
constexpr std::uint64_t kWorthLinking = 1'000'000;

}  // namespace

void check_same_content(const Subject& subject, Findings& findings) {
  constexpr std::size_t kMost = 20;
  // Executables are another rule's.
  std::unordered_set<model::PathId> binaries;
  for (const auto& row : subject.analysis.binaries) binaries.insert(row.path);
  std::size_t said = 0;
  for (const auto& group : subject.analysis.duplicates) {
    // Of copies that are all the base image's or a package's nobody can leave one out.
    std::vector<EntryId> copies;
    bool is_binary = false;
    for (const auto path : group.paths) {
      is_binary = is_binary || binaries.contains(path);
      if (is_packaged(subject.image.paths.text(path))) continue;
      const EntryId id = subject.files.holder(path);
      if (id != kNoEntry && subject.is_users(subject.files.layer_of(id))) copies.push_back(id);
    }
    if (copies.empty() || is_binary) continue;
    const bool others_have_one = copies.size() < group.paths.size();
    const std::uint64_t saved = group.bytes * (copies.size() - (others_have_one ? 0 : 1));
    if (saved < kWorthLinking) continue;
    if (said++ == kMost) break;
    const EntryId last = copies.back();
    const bool last_is_first = group.paths.front() == subject.files.path_of(last);
    const std::string kept = subject.image.paths.text(group.paths[last_is_first ? 1 : 0]);
    const std::string path = base::one_line(subject.path_text(last), 100);
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
