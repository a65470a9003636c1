#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_embedded_files(const Subject& subject, Findings& findings) {
  constexpr std::uint64_t kBig = 1'000'000;
  report_binaries(subject, findings, [](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& go = row.binary.go;
    if (!go || go->embedded_bytes < kBig) return std::nullopt;
    return BinaryFault{
        .says = fmt::format("carries {} of files of //go:embed", base::format_bytes(go->embedded_bytes)),
        .fix =
            "embed them compressed and serve them so (Content-Encoding: gzip), or keep them in Cloud Storage",
        .bytes = go->embedded_bytes};
  });
}

}  // namespace crtune::analysis::rules
