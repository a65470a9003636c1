#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_packed_program(const Subject& subject, Findings& findings) {
  const StartedPrograms started(subject);
  for (const auto& row : subject.analysis.binaries) {
    if (!row.binary.packed_by_upx || !started.contains(row)) continue;
    const std::string path = subject.image.paths.text(row.path);
    auto& finding = findings.add_layer(
        row.layer,
        fmt::format(
            "{} is packed by UPX: each cold start reads all of its {} and unpacks them into memory first",
            shown(path), base::format_bytes(row.size)),
        "ship it unpacked: leave upx out of the build stage, or RUN upx -d " + shown(path));
    finding.path = path;
    finding.bytes = row.size;
  }
}

}  // namespace crtune::analysis::rules
