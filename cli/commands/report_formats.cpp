#include "cli/commands/report_formats.hpp"

#include "cli/version.hpp"
#include "core/report/findings_annotations.hpp"
#include "core/report/findings_junit.hpp"
#include "core/report/findings_sarif.hpp"

#include <algorithm>
#include <array>

namespace crtune::cli {
namespace {

using Report = CommandReport;

std::string as_text(const Report& report, const Canvas& canvas) {
  return report.text(canvas);
}
std::string as_json(const Report& report, const Canvas& /*canvas*/) {
  return report.json();
}
std::string as_markdown(const Report& report, const Canvas& /*canvas*/) {
  return report.markdown();
}
std::string as_html(const Report& report, const Canvas& /*canvas*/) {
  return report.html();
}
std::string as_sarif(const Report& report, const Canvas& /*canvas*/) {
  return report::findings_sarif(
      report.results(), {.name = "cloudrun-tune", .version = kVersionNumber, .uri = {}}, report.subject());
}
std::string as_junit(const Report& report, const Canvas& /*canvas*/) {
  return report::findings_junit(report.results(), report.subject());
}
std::string as_github(const Report& report, const Canvas& /*canvas*/) {
  return report::findings_annotations(report.results(), report.subject());
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

std::span<const Format> report_formats() {
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

std::string write_report(std::size_t format, const CommandReport& report, const Canvas& canvas) {
  return kRows[format].write(report, canvas);
}

}  // namespace crtune::cli
