#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/analysis/rules/packaged_paths.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace crtune::analysis::rules {

using model::BinaryRow;

namespace {

// Smaller ones cost less than the line that tells of them.
constexpr std::uint64_t kWorthSaying = 64U << 10U;
// So many are told one by one, the largest; the rest together.
constexpr std::size_t kToldAlone = 10;

struct Copies {
  const BinaryRow* row = nullptr;
  std::vector<model::PathId> paths;

  std::uint64_t bytes() const { return (paths.size() - 1) * row->size; }
};

void add(const Subject& subject, Findings& findings, const BinaryRow& row,
         const std::vector<model::PathId>& paths) {
  const std::uint64_t more = paths.size() - 1;
  const std::string first = subject.image.paths.text(row.path);
  std::string other;
  for (const auto path : paths)
    if (path != row.path) other = subject.image.paths.text(path);
  const std::string rest = more > 1 ? fmt::format(" and at {} more paths", more - 1) : std::string();
  auto& finding = findings.add_layer(
      row.layer,
      fmt::format("{} is shipped again as {}{}: {} twice over", shown(first), shown(other), rest,
                  base::format_bytes(row.size)),
      fmt::format("keep one and link to it in the build stage: ln -f {} {}", shown(first), shown(other)));
  finding.path = first;
  finding.bytes = more * row.size;
}

void add_rest(Findings& findings, std::span<const Copies> rest) {
  if (rest.empty()) return;
  std::uint64_t bytes = 0;
  for (const auto& copies : rest) bytes += copies.bytes();
  findings
      .add(fmt::format("{} more executables are shipped more than once: {} in copies", rest.size(),
                       base::format_bytes(bytes)),
           "copy each file once, and link where it is wanted twice")
      .bytes = bytes;
}

}  // namespace

void check_copies(const Subject& subject, Findings& findings) {
  std::unordered_map<model::PathId, const BinaryRow*> rows;
  for (const auto& row : subject.analysis.binaries) rows.emplace(row.path, &row);
  std::vector<Copies> all;
  std::unordered_set<model::PathId> told;
  for (const auto& group : subject.analysis.duplicates) {
    const BinaryRow* first = nullptr;
    for (const auto path : group.paths)
      if (const auto found = rows.find(path); found != rows.end() && first == nullptr) first = found->second;
    if (first == nullptr || group.paths.size() < 2) continue;
    told.insert(group.paths.begin(), group.paths.end());
    all.push_back({first, group.paths});
  }
  // Those too small to be compared: one build, one size.
  std::map<std::pair<std::string_view, std::uint64_t>, std::vector<model::PathId>> builds;
  for (const auto& row : subject.analysis.binaries)
    if (!row.binary.build_id.empty() && row.size >= kWorthSaying && !told.contains(row.path))
      builds[{row.binary.build_id, row.size}].push_back(row.path);
  for (const auto& [key, paths] : builds)
    if (paths.size() > 1) all.push_back({rows.at(paths.front()), paths});
  std::erase_if(all, [&](const Copies& copies) {
    return std::all_of(copies.paths.begin(), copies.paths.end(),
                       [&](auto path) { return is_packaged(subject.image.paths.text(path)); });
  });
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.bytes() > b.bytes(); });
  const std::size_t alone = std::min(all.size() <= kToldAlone + 1 ? all.size() : kToldAlone, all.size());
  for (std::size_t i = 0; i < alone; ++i) add(subject, findings, *all[i].row, all[i].paths);
  add_rest(findings, std::span(all).subspan(alone));
}

}  // namespace crtune::analysis::rules
