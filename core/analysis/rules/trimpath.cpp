#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

namespace crtune::analysis::rules {

void check_trimpath(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& go = row.binary.go;
    // Settings are recorded since Go 1.18.
    if (!go || go->settings.empty() || go_setting(*go, "-trimpath") == "true") return std::nullopt;
    return BinaryFault{.says = "was built without -trimpath: it holds the build machine's paths",
                       .fix = "go build -trimpath -ldflags=\"-s -w\""};
  });
}

}  // namespace crtune::analysis::rules
