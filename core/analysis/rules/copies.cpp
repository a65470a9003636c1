#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

#include <map>
#include <unordered_map>
#include <unordered_set>

namespace crtune::analysis::rules {

using model::BinaryRow;

namespace {

// Smaller ones cost less than the line that tells of them.
constexpr std::uint64_t kWorthSaying = 64U << 10U;

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

}  // namespace

void check_copies(const Subject& subject, Findings& findings) {
  std::unordered_map<model::PathId, const BinaryRow*> rows;
  for (const auto& row : subject.analysis.binaries) rows.emplace(row.path, &row);
  std::unordered_set<model::PathId> told;
  for (const auto& group : subject.analysis.duplicates) {
    const BinaryRow* first = nullptr;
    for (const auto path : group.paths)
      if (const auto found = rows.find(path); found != rows.end() && first == nullptr) first = found->second;
    if (first == nullptr || group.paths.size() < 2) continue;
    told.insert(group.paths.begin(), group.paths.end());
    add(subject, findings, *first, group.paths);
  }
  // Those too small to be compared: one build, one size.
  std::map<std::pair<std::string_view, std::uint64_t>, std::vector<model::PathId>> builds;
  for (const auto& row : subject.analysis.binaries)
    if (!row.binary.build_id.empty() && row.size >= kWorthSaying && !told.contains(row.path))
      builds[{row.binary.build_id, row.size}].push_back(row.path);
  for (const auto& [key, paths] : builds)
    if (paths.size() > 1) add(subject, findings, *rows.at(paths.front()), paths);
}

}  // namespace crtune::analysis::rules
