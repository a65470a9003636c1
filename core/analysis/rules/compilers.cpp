#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/analysis/rules/toolchain.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr ClutterRow kRows[] = {
    {Clutter::compilers, "compilers and build tools are", {}},
    {Clutter::development_files, "headers and static libraries are", {}},
    {Clutter::go_toolchain, "the Go toolchain is", {}},
    {Clutter::rust_toolchain, "the Rust toolchain is", {}},
    {Clutter::jdk_parts, "parts of a JDK that no JRE has are", {}},
    {Clutter::dotnet_sdk, "the .NET SDK is", {}},
};

// No command takes a toolchain out again as surely as a stage that never had it.
std::string stage_line(const Subject& subject, const model::LayerSummary& layer) {
  const std::string path = what_runs(subject);
  const std::string instruction =
      layer.instruction.empty() ? "the installation" : base::one_line(layer.instruction, 110);
  return fmt::format("FROM … AS build, {} there, and COPY --from=build {} {} in the last stage", instruction,
                     path, path);
}

}  // namespace

void check_compilers(const Subject& subject, Findings& findings) {
  const auto base = toolchain_base(subject);
  for (std::uint32_t layer = 0; layer < subject.analysis.layers.size(); ++layer) {
    if (!subject.is_users(layer)) continue;
    for (const auto& row : kRows) {
      if (base && base->counts(row.clutter)) continue;
      // Without a compiler they are another rule's.
      if (row.clutter == Clutter::development_files && !subject.census.has(Tool::c_compiler)) continue;
      auto* finding = report_total(subject, findings, layer, row);
      if (finding != nullptr) finding->fix = stage_line(subject, subject.analysis.layers[layer]);
    }
  }
}

}  // namespace crtune::analysis::rules
