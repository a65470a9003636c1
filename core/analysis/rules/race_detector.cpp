#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

namespace crtune::analysis::rules {

void check_race_detector(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& go = row.binary.go;
    if (!go || go_setting(*go, "-race") != "true") return std::nullopt;
    return BinaryFault{.says = "was built with -race",
                       .fix = "go build without -race; keep it for go test -race"};
  });
}

}  // namespace crtune::analysis::rules
