#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

namespace crtune::analysis::rules {

void check_modified_source(const Subject& subject, Findings& findings) {
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& go = row.binary.go;
    if (!go || go_setting(*go, "vcs.modified") != "true") return std::nullopt;
    return BinaryFault{
        .says = "was built from a work tree with changes that no commit holds",
        .fix = "commit, or check out clean, then build: git status --porcelain shows what differs"};
  });
}

}  // namespace crtune::analysis::rules
