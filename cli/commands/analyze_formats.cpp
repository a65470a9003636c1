#include "cli/commands/analyze_formats.hpp"

#include "cli/version.hpp"
#include "core/report/analysis_html.hpp"
#include "core/report/analysis_json.hpp"
#include "core/report/analysis_markdown.hpp"
#include "core/report/analysis_text.hpp"
#include "core/report/findings_annotations.hpp"
#include "core/report/findings_junit.hpp"
#include "core/report/findings_sarif.hpp"

#include <algorithm>
#include <array>

namespace crtune::cli {
namespace {

using Report = AnalyzeReport;

report::Results results_of(const Report& report) {
  return {.findings = report.analysis.findings, .rules = report.rules, .gates = report.analysis.gates};
}
report::Subject subject_of(const Report& report) {
  const auto& names = report.image.names;
  return {.name = names.empty() ? report.image.source : names.front(), .is_image = true};
}

std::string as_text(const Report& report, const Canvas& canvas) {
  const report::TextOptions options = {
      .columns = canvas.columns, .colour = canvas.colour, .units = report.units, .top = report.top};
  if (report.view.is_wanted() && report.analysis.files)
    return report::files_text(report.image, report.analysis, report.view, options);
  return report::analysis_text(report.image, report.analysis, options);
}
std::string as_json(const Report& report, const Canvas& /*canvas*/) {
  return report::analysis_json(report.image, report.analysis, report.policy, report.with_files);
}
std::string as_markdown(const Report& report, const Canvas& /*canvas*/) {
  return report::analysis_markdown(report.image, report.analysis, {.units = report.units, .top = report.top});
}
std::string as_html(const Report& report, const Canvas& /*canvas*/) {
  return report::analysis_html(report.image, report.analysis, report.policy,
                               {.rules = report.rules, .units = report.units});
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
  bool needs_files = false;
};

constexpr std::array kRows = {
    Row{formats::kText, as_text},       Row{formats::kJson, as_json},   Row{formats::kMarkdown, as_markdown},
    Row{formats::kHtml, as_html, true}, Row{formats::kSarif, as_sarif}, Row{formats::kJunit, as_junit},
    Row{formats::kGithub, as_github},
};

}  // namespace

std::span<const Format> analyze_formats() {
  static constexpr auto kFormats = [] {
    std::array<Format, kRows.size()> out = {};
    std::transform(kRows.begin(), kRows.end(), out.begin(), [](const Row& row) { return row.format; });
    return out;
  }();
  return kFormats;
}

bool need_files(const std::vector<Output>& outputs) {
  return std::any_of(outputs.begin(), outputs.end(),
                     [](const Output& output) { return kRows[output.format].needs_files; });
}

std::string write_analyze(std::size_t format, const AnalyzeReport& report, const Canvas& canvas) {
  return kRows[format].write(report, canvas);
}

}  // namespace crtune::cli
