#include "cli/commands/diff_report.hpp"

namespace crtune::cli {

std::string DiffReport::text(const Canvas& canvas) const {
  return report::diff_text(
      facts_.comparison,
      {.columns = canvas.columns, .colour = canvas.colour, .units = facts_.units, .top = facts_.top});
}

std::string DiffReport::json() const {
  return report::diff_json(facts_.comparison);
}

std::string DiffReport::markdown() const {
  return report::diff_markdown(facts_.comparison, {.units = facts_.units, .top = facts_.top});
}

std::string DiffReport::html() const {
  return report::diff_html(facts_.comparison, {.rules = facts_.rules, .units = facts_.units});
}

report::Results DiffReport::results() const {
  const model::Difference& difference = facts_.comparison.difference;
  return {.findings = difference.new_findings, .rules = facts_.rules, .gates = difference.gates};
}

report::Subject DiffReport::subject() const {
  const model::Snapshot& after = facts_.comparison.after;
  return {.name = after.name, .is_image = !after.is_executable, .is_executable = after.is_executable};
}

}  // namespace crtune::cli
