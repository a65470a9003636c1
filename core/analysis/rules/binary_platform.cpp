#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

std::string architecture_of(const std::string& platform) {
  const auto start = platform.find('/');
  if (start == std::string::npos) return {};
  return platform.substr(start + 1, platform.find('/', start + 1) - start - 1);
}

}  // namespace

void check_binary_platform(const Subject& subject, Findings& findings) {
  const std::string wanted = architecture_of(subject.image.config.platform);
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    const auto& binary = row.binary;
    // The started program is IMG309's.
    const bool is_program =
        subject.start.program != kNoEntry && subject.files.path_of(subject.start.program) == row.path;
    const bool runs = binary.machine == wanted || (wanted == "amd64" && binary.machine == "386");
    if (!wanted.empty() && !runs && !is_program && may_be_run(subject, row))
      return BinaryFault{.says = fmt::format("is made for {}, the image for {}",
                                             base::one_line(binary.machine, 40), base::one_line(wanted, 40)),
                         .fix = binary.go
                                    ? fmt::format("GOOS=linux GOARCH={} go build", base::one_line(wanted, 40))
                                    : "copy the file for the image's platform, or leave it out"};
    if (!binary.go) return std::nullopt;
    const auto level = go_setting(*binary.go, "GOAMD64");
    if (level != "v3" && level != "v4") return std::nullopt;
    return BinaryFault{
        .says = fmt::format(
            "is built with GOAMD64={} and ends at once on a processor without those instructions", level),
        .fix = "GOAMD64=v2 go build: Cloud Run's documents promise x86_64 and no more",
        .severity = level == "v4" ? model::Severity::warning : model::Severity::info};
  });
}

}  // namespace crtune::analysis::rules
