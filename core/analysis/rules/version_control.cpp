#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"

namespace crtune::analysis::rules {

void check_version_control(const Subject& subject, Findings& findings) {
  static constexpr ClutterRow kGit = {
      Clutter::version_control, "a repository's history is", {"rm -rf {root}", "**/.git"}};
  // Of less, a build step has only touched the index of what another layer ships.
  constexpr std::uint64_t kSmallest = 4U << 10U;
  for (std::uint32_t layer = 0; layer < subject.analysis.layers.size(); ++layer) {
    if (!subject.is_users(layer)) continue;
    auto* finding = report_total(subject, findings, layer, kGit, kSmallest);
    // However small: it holds what was deleted, secrets too.
    if (finding != nullptr) finding->severity = model::Severity::warning;
  }
}

}  // namespace crtune::analysis::rules
