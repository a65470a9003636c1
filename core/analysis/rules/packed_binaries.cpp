#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"

namespace crtune::analysis::rules {

void check_packed_binaries(const Subject& subject, Findings& findings) {
  const StartedPrograms started(subject);
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    // The started one is IMG203's.
    if (!row.binary.packed_by_upx || started.contains(row)) return std::nullopt;
    return BinaryFault{
        .says = "is packed by UPX and is unpacked whole into memory by each process that runs it",
        .fix = "ship it unpacked: leave upx out, or upx -d in the build stage"};
  });
}

}  // namespace crtune::analysis::rules
