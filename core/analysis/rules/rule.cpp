#include "core/analysis/rules/rule.hpp"

#include "core/secret/scan.hpp"

#include <algorithm>

namespace crtune::analysis::rules {

using model::Finding;

Finding& Findings::add(std::string message, std::string fix) {
  Finding finding;
  finding.rule = rule_->id;
  finding.severity = rule_->severity;
  finding.message = std::move(message);
  finding.fix = std::move(fix);
  return out_.emplace_back(std::move(finding));
}

Finding& Findings::add_layer(std::uint32_t layer, std::string message, std::string fix) {
  Finding& finding = add(std::move(message), std::move(fix));
  finding.layer = layer;
  finding.instruction = subject_.analysis.layers[layer].instruction;
  return finding;
}

Finding& Findings::add_file(EntryId entry, std::string message, std::string fix) {
  Finding& finding = add_layer(subject_.files.layer_of(entry), std::move(message), std::move(fix));
  finding.path = subject_.path_text(entry);
  return finding;
}

std::vector<model::RuleText> rule_texts() {
  std::vector<model::RuleText> texts;
  for (const Rule& rule : all_rules())
    if (!rule.text.id.empty()) texts.push_back(rule.text);
  const auto secrets = secret::rules();
  texts.insert(texts.end(), secrets.begin(), secrets.end());
  return texts;
}

std::vector<Finding> run_rules(const Subject& subject) {
  std::vector<Finding> found;
  Findings findings(subject, found);
  for (const Rule& rule : all_rules()) {
    const bool is_about_executables = rule.text.id.empty() || rule.text.id.starts_with("BIN");
    if (subject.analysis.is_executable && !is_about_executables) continue;
    findings.begin(rule.text);
    rule.check(subject, findings);
  }
  // A file alone has no layers, and is where the user said.
  if (subject.analysis.is_executable)
    for (Finding& finding : found) {
      finding.layer.reset();
      finding.instruction.clear();
      finding.path = subject.image.source;
    }
  std::stable_sort(found.begin(), found.end(), [](const Finding& a, const Finding& b) {
    if (a.severity != b.severity) return a.severity > b.severity;
    return a.bytes.value_or(0) > b.bytes.value_or(0);
  });
  return found;
}

}  // namespace crtune::analysis::rules
