#include "cli/commands/check_formats.hpp"

#include "cli/version.hpp"
#include "core/report/findings_annotations.hpp"
#include "core/report/findings_junit.hpp"
#include "core/report/findings_sarif.hpp"

#include <algorithm>
#include <array>

namespace crtune::cli {
namespace {

report::Results results_of(const CheckOutcome& outcome) {
  return {.findings = outcome.report.findings, .rules = outcome.rules, .gates = {}};
}
report::Subject subject_of(const CheckOutcome& outcome) {
  return {.name = outcome.subject, .is_image = false};
}

std::string as_text(const CheckOutcome& outcome, const Canvas& canvas) {
  if (outcome.only_diff) return outcome.diff;
  const std::string text =
      report::check_text(outcome.report, {.columns = canvas.columns, .colour = canvas.colour});
  return outcome.diff.empty() ? text : outcome.diff + "\n" + text;
}
std::string as_json(const CheckOutcome& outcome, const Canvas& /*canvas*/) {
  return report::check_json(outcome.report);
}
std::string as_markdown(const CheckOutcome& outcome, const Canvas& /*canvas*/) {
  return report::check_markdown(outcome.report);
}
std::string as_sarif(const CheckOutcome& outcome, const Canvas& /*canvas*/) {
  return report::findings_sarif(results_of(outcome),
                                {.name = "cloudrun-tune", .version = kVersionNumber, .uri = {}},
                                subject_of(outcome));
}
std::string as_junit(const CheckOutcome& outcome, const Canvas& /*canvas*/) {
  return report::findings_junit(results_of(outcome), subject_of(outcome));
}
std::string as_github(const CheckOutcome& outcome, const Canvas& /*canvas*/) {
  return report::findings_annotations(results_of(outcome), subject_of(outcome));
}

struct Row {
  Format format;
  std::string (*write)(const CheckOutcome& outcome, const Canvas& canvas);
};
constexpr std::array kRows = {
    Row{formats::kText, as_text},   Row{formats::kJson, as_json},   Row{formats::kMarkdown, as_markdown},
    Row{formats::kSarif, as_sarif}, Row{formats::kJunit, as_junit}, Row{formats::kGithub, as_github},
};

}  // namespace

std::span<const Format> check_formats() {
  static constexpr auto kFormats = [] {
    std::array<Format, kRows.size()> out = {};
    std::transform(kRows.begin(), kRows.end(), out.begin(), [](const Row& row) { return row.format; });
    return out;
  }();
  return kFormats;
}

std::string write_check(std::size_t format, const CheckOutcome& outcome, const Canvas& canvas) {
  return kRows[format].write(outcome, canvas);
}

}  // namespace crtune::cli
