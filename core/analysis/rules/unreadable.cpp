#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/byte_size.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr std::size_t kReason = 160;
constexpr std::string_view kFix =
    "if it is not meant to be so, build and copy it again; file and readelf -a show more";

// Files that begin as ELF and could not be read at all.
void check_whole(const Subject& subject, Findings& findings) {
  EntryId largest = kNoEntry;
  std::uint64_t count = 0;
  std::uint64_t bytes = 0;
  for (const EntryId file : subject.facts.files()) {
    const auto* facts = subject.facts.of(file);
    if (facts->unreadable.empty() || subject.files.tree().contents[file].fate != Fate::live) continue;
    if (!subject.is_users(subject.files.layer_of(file)) && file != subject.start.program) continue;
    const std::uint64_t size = subject.files.entry(file).size;
    ++count;
    bytes += size;
    if (largest == kNoEntry || size > subject.files.entry(largest).size) largest = file;
  }
  if (count == 0) return;
  const std::string more =
      count > 1 ? fmt::format("; {} more like it, {} in all", count - 1, base::format_bytes(bytes))
                : std::string();
  auto& finding =
      findings.add_file(largest,
                        fmt::format("{} begins as an executable and cannot be understood: {}{}",
                                    shown(subject.path_text(largest)),
                                    base::one_line(subject.facts.of(largest)->unreadable, kReason), more),
                        std::string(kFix));
  finding.bytes = bytes;
}

}  // namespace

void check_unreadable(const Subject& subject, Findings& findings) {
  check_whole(subject, findings);
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    if (row.binary.notes.empty()) return std::nullopt;
    return BinaryFault{.says = fmt::format("could be read in part only: {}",
                                           base::one_line(row.binary.notes.front(), kReason)),
                       .fix = std::string(kFix),
                       .bytes = row.size,
                       .severity = model::Severity::info};
  });
}

}  // namespace crtune::analysis::rules
