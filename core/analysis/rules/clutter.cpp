#include "core/analysis/rules/clutter.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

model::Severity severity_of(const Subject& subject, std::uint64_t bytes) {
  constexpr std::uint64_t kMuch = 10'000'000;
  constexpr std::uint64_t kParts = 20;
  const bool is_much = bytes >= kMuch || bytes >= subject.analysis.uncompressed / kParts;
  return is_much ? model::Severity::warning : model::Severity::info;
}

model::Finding* report_total(const Subject& subject, Findings& findings, std::uint32_t layer,
                             const ClutterRow& row, std::uint64_t smallest) {
  const ClutterTotal& total = subject.census.total(row.clutter, layer);
  if (total.files == 0 || total.bytes < smallest) return nullptr;
  const std::string root = subject.image.paths.text(total.root);
  const std::string largest = base::one_line(subject.image.paths.text(total.largest), 120);
  const std::string message = total.files == 1 ? fmt::format("{} shipped: {}", row.what, largest)
                                               : fmt::format("{} shipped: {} files, the largest is {}",
                                                             row.what, total.files, largest);
  auto& finding =
      findings.add_layer(layer, message, cure_line(subject.analysis.layers[layer], row.cure, root));
  finding.path = root;
  finding.bytes = total.bytes;
  finding.severity = severity_of(subject, total.bytes);
  return &finding;
}

void report_clutter(const Subject& subject, Findings& findings, std::span<const ClutterRow> rows,
                    std::uint64_t smallest) {
  for (std::uint32_t layer = 0; layer < subject.analysis.layers.size(); ++layer) {
    if (!subject.is_users(layer)) continue;
    for (const auto& row : rows) report_total(subject, findings, layer, row, smallest);
  }
}

}  // namespace crtune::analysis::rules
