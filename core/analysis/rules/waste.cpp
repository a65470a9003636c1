#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// Less is not worth a line in a report; the sums count it all the same.
constexpr std::uint64_t kWorthSaying = 64U << 10U;

void check_cause(model::Fate cause, std::string_view verb, const Subject& subject, Findings& findings) {
  for (const auto& group : subject.analysis.groups) {
    if (group.cause != cause || group.bytes < kWorthSaying) continue;
    const std::string path = subject.image.paths.text(group.largest);
    const std::string what = group.files == 1
                                 ? base::one_line(path, 120)
                                 : fmt::format("{} and {} more", base::one_line(path, 120), group.files - 1);
    auto& finding = findings.add_layer(group.layer, fmt::format("{} {}", what, verb), group.fix);
    finding.path = path;
    finding.bytes = group.bytes;
  }
}

}  // namespace

void check_deleted_later(const Subject& subject, Findings& findings) {
  check_cause(model::Fate::deleted, "is deleted by a later layer and shipped all the same", subject,
              findings);
}
void check_overwritten(const Subject& subject, Findings& findings) {
  check_cause(model::Fate::overwritten, "is replaced by a later layer and shipped all the same", subject,
              findings);
}
void check_metadata_only(const Subject& subject, Findings& findings) {
  check_cause(model::Fate::metadata_only, "is shipped again by a later layer that changes no content",
              subject, findings);
}
void check_repeated(const Subject& subject, Findings& findings) {
  check_cause(model::Fate::repeated, "is written twice into one layer", subject, findings);
}

}  // namespace crtune::analysis::rules
