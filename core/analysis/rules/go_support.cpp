#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/analysis/rules/go_releases.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// The newest release of the table that was out on a day.
int newest_on(std::string_view day) {
  int newest = kGoReleases[0].minor;
  for (const auto& release : kGoReleases)
    if (release.date <= day) newest = release.minor;
  return newest;
}

}  // namespace

void check_go_support(const Subject& subject, Findings& findings) {
  if (subject.today.empty()) return;
  const int newest = newest_on(subject.today);
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    if (!row.binary.go) return std::nullopt;
    const auto minor = go_minor(row.binary.go->version);
    if (!minor) return std::nullopt;
    const std::string_view end = go_support_end(*minor);
    if (end.empty() || subject.today < end) return std::nullopt;
    return BinaryFault{
        .says = fmt::format("was built by {}, which got its last security fixes {} {}",
                            base::one_line(row.binary.go->version, 40),
                            *minor < kGoReleases[0].minor ? "before" : "by", end),
        .fix = fmt::format("build with golang:1.{}: FROM golang:1.{} AS build", newest, newest)};
  });
}

}  // namespace crtune::analysis::rules
