#include "core/analysis/rules/start_rules.hpp"
#include "core/base/byte_size.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_start_reads(const Subject& subject, Findings& findings) {
  const auto& start = subject.analysis.start;
  if (start.paths.empty()) return;
  const bool is_whole = subject.start.libraries_are_known && subject.start.missing.empty();
  auto& finding = findings.add(
      fmt::format(
          "a start opens {}{} file{} of {} before the service's own code runs (program, interpreter, loader, "
          "libraries); the image's files have {}. Google: \"Because of Cloud Run's container image streaming "
          "technology, the size of your container image does not affect container startup times or request "
          "processing time.\" (docs.cloud.google.com/run/docs/tips/general)",
          is_whole ? "" : "at least ", start.paths.size(), start.paths.size() == 1 ? "" : "s",
          base::format_bytes(start.bytes), base::format_bytes(subject.analysis.uncompressed)),
      "to start faster, open fewer and smaller files at start; the image's size is not what to cut");
  finding.bytes = start.bytes;
}

}  // namespace crtune::analysis::rules
