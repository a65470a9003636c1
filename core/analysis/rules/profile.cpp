#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

namespace crtune::analysis::rules {

void check_profile(const Subject& subject, Findings& findings) {
  // Source: go.dev/doc/pgo: from Go 1.21 default.pgo beside main is used by itself.
  constexpr int kFirst = 21;
  const StartedPrograms started(subject);
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& go = row.binary.go;
    if (!go || go->settings.empty() || !started.contains(row)) return std::nullopt;
    if (go_minor(go->version).value_or(0) < kFirst || !go_setting(*go, "-pgo").empty()) return std::nullopt;
    return BinaryFault{
        .says = "was built without a profile",
        .fix = "put a CPU profile of production as default.pgo beside package main; go build uses it"};
  });
}

}  // namespace crtune::analysis::rules
