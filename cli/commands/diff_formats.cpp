#include "cli/commands/diff_formats.hpp"

#include "cli/version.hpp"
#include "core/report/diff.hpp"
#include "core/report/findings_annotations.hpp"
#include "core/report/findings_junit.hpp"
#include "core/report/findings_sarif.hpp"

#include <algorithm>
#include <array>

namespace crtune::cli {
namespace {

using Report = DiffReport;

report::Comparison comparison_of(const Report& report) {
  return {.before = report.before, .after = report.after, .difference = report.difference};
}
report::Results results_of(const Report& report) {
  return {
      .findings = report.difference.new_findings, .rules = report.rules, .gates = report.difference.gates};
}
report::Subject subject_of(const Report& report) {
  return {.name = report.after.name, .is_image = !report.after.is_executable};
}

std::string as_text(const Report& report, const Canvas& canvas) {
  return report::diff_text(
      comparison_of(report),
      {.columns = canvas.columns, .colour = canvas.colour, .units = report.units, .top = report.top});
}
std::string as_json(const Report& report, const Canvas& /*canvas*/) {
  return report::diff_json(comparison_of(report));
}
std::string as_markdown(const Report& report, const Canvas& /*canvas*/) {
  return report::diff_markdown(comparison_of(report), {.units = report.units, .top = report.top});
}
std::string as_sarif(const Report& report, const Canvas& /*canvas*/) {
  return report::findings_sarif(results_of(report),
                                {.name = "cloudrun-tune", .version = kVersionNumber, .uri = {}},
                                subject_of(report));
}
std::string as_junit(const Report& report, const Canvas& /*canvas*/) {
  return report::findings_junit(results_of(report), subject_of(report));
}
std::string as_github(const Report& report, const Canvas& /*canvas*/) {
  return report::findings_annotations(results_of(report), subject_of(report));
}

struct Row {
  Format format;
  std::string (*write)(const Report& report, const Canvas& canvas);
};

constexpr std::array kRows = {
    Row{formats::kText, as_text},   Row{formats::kJson, as_json},   Row{formats::kMarkdown, as_markdown},
    Row{formats::kSarif, as_sarif}, Row{formats::kJunit, as_junit}, Row{formats::kGithub, as_github},
};

}  // namespace

std::span<const Format> diff_formats() {
  static constexpr auto kFormats = [] {
    std::array<Format, kRows.size()> out = {};
    std::transform(kRows.begin(), kRows.end(), out.begin(), [](const Row& row) { return row.format; });
    return out;
  }();
  return kFormats;
}

std::string write_diff(std::size_t format, const DiffReport& report, const Canvas& canvas) {
  return kRows[format].write(report, canvas);
}

}  // namespace crtune::cli
