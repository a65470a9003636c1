#include "cli/commands/analyze_report.hpp"

#include "core/report/analysis_html.hpp"
#include "core/report/analysis_json.hpp"
#include "core/report/analysis_markdown.hpp"
#include "core/report/analysis_text.hpp"

namespace crtune::cli {

std::string AnalyzeReport::text(const Canvas& canvas) const {
  const report::TextOptions options = {
      .columns = canvas.columns, .colour = canvas.colour, .units = facts_.units, .top = facts_.top};
  if (facts_.view.is_wanted() && facts_.analysis.files)
    return report::files_text(facts_.image, facts_.analysis, facts_.view, options);
  return report::analysis_text(facts_.image, facts_.analysis, options);
}

std::string AnalyzeReport::json() const {
  return report::analysis_json(facts_.image, facts_.analysis, facts_.policy, facts_.with_files);
}

std::string AnalyzeReport::markdown() const {
  return report::analysis_markdown(facts_.image, facts_.analysis, {.units = facts_.units, .top = facts_.top});
}

std::string AnalyzeReport::html() const {
  return report::analysis_html(facts_.image, facts_.analysis, facts_.policy,
                               {.rules = facts_.rules, .units = facts_.units});
}

report::Results AnalyzeReport::results() const {
  return {.findings = facts_.analysis.findings, .rules = facts_.rules, .gates = facts_.analysis.gates};
}

report::Subject AnalyzeReport::subject() const {
  const auto& names = facts_.image.names;
  return {.name = names.empty() ? facts_.image.source : names.front(),
          .is_image = !facts_.analysis.is_executable,
          .is_executable = facts_.analysis.is_executable};
}

}  // namespace crtune::cli
