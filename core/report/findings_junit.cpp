#include "core/report/findings_junit.hpp"

#include "core/report/analysis_words.hpp"
#include "core/report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace crtune::report {

using model::Finding;
using model::GateResult;
using model::Severity;

namespace {

constexpr std::size_t kMessageColumns = 500;
constexpr std::size_t kListed = 100;  // findings told of one rule

struct Suite {
  std::uint64_t tests = 0;
  std::uint64_t failures = 0;
  std::uint64_t skipped = 0;
  std::string cases = {};
};

// The findings of one rule, worst first.
struct RuleResult {
  std::string title;
  std::vector<const Finding*> findings = {};
};

std::string attribute(std::string_view text) {
  return xml_text(cut_line(text, kMessageColumns));
}

std::string body_of(const std::vector<const Finding*>& findings) {
  std::string out;
  for (std::size_t i = 0; i < std::min(findings.size(), kListed); ++i) {
    const Finding& finding = *findings[i];
    out += fmt::format("{}: {}\n", model::severity_word(finding.severity), attribute(finding.message));
    if (const std::string place = place_text(finding); !place.empty())
      out += fmt::format("  place: {}\n", attribute(place));
    if (finding.bytes) out += fmt::format("  bytes: {}\n", *finding.bytes);
    if (!finding.fix.empty()) out += fmt::format("  fix: {}\n", attribute(finding.fix));
    if (!finding.ignored.empty()) out += fmt::format("  accepted: {}\n", attribute(finding.ignored));
  }
  if (findings.size() > kListed)
    out += fmt::format("and {} more\n", counted(findings.size() - kListed, "finding", "findings"));
  return out;
}

void add_gate(const GateResult& gate, Suite& suite) {
  ++suite.tests;
  suite.cases += fmt::format("    <testcase classname=\"gates\" name=\"{}\"", attribute(gate.name));
  if (gate.passed) {
    suite.cases += "/>\n";
    return;
  }
  ++suite.failures;
  const std::string text = attribute(gate_text(gate, base::Units::si));
  suite.cases += fmt::format(
      ">\n      <failure message=\"{}\" type=\"gate\">{}\n</failure>\n    </testcase>\n", text, text);
}

void add_rule(const std::string& id, const RuleResult& rule, Suite& suite) {
  ++suite.tests;
  suite.cases += fmt::format("    <testcase classname=\"findings\" name=\"{}\"",
                             attribute(rule.title.empty() ? id : fmt::format("{}: {}", id, rule.title)));
  if (rule.findings.empty()) {
    suite.cases += "/>\n";
    return;
  }
  // The worst stands first, and an accepted one only where all are.
  const Finding& worst = *rule.findings.front();
  const std::string body = body_of(rule.findings);
  suite.cases += ">\n";
  if (!worst.ignored.empty()) {
    ++suite.skipped;
    suite.cases += fmt::format("      <skipped message=\"{}\"/>\n", attribute(worst.ignored));
  } else if (worst.severity != Severity::info) {
    ++suite.failures;
    std::string message = worst.message;
    if (rule.findings.size() > 1)
      message = fmt::format("{} (and {} more)", cut_line(message, 200), rule.findings.size() - 1);
    suite.cases += fmt::format("      <failure message=\"{}\" type=\"{}\">{}</failure>\n", attribute(message),
                               model::severity_word(worst.severity), body);
  }
  if (!worst.ignored.empty() || worst.severity == Severity::info)
    suite.cases += fmt::format("      <system-out>{}</system-out>\n", body);
  suite.cases += "    </testcase>\n";
}

std::string suite_text(std::string_view name, const Suite& suite) {
  return fmt::format(
      "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}  "
      "</testsuite>\n",
      name, suite.tests, suite.failures, suite.skipped, suite.cases);
}

}  // namespace

std::string findings_junit(const Results& results, const Subject& subject) {
  Suite gates;
  for (const auto& gate : results.gates) add_gate(gate, gates);
  std::map<std::string, RuleResult, std::less<>> rules;
  for (const auto& rule : results.rules)
    rules.emplace(std::string(rule.id), RuleResult{.title = std::string(rule.title)});
  for (const std::size_t index : worst_first(results.findings)) {
    const Finding& finding = results.findings[index];
    rules[finding.rule].findings.push_back(&finding);
  }
  Suite findings;
  for (const auto& [id, rule] : rules) add_rule(id, rule, findings);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cloudrun-tune: {}\" tests=\"{}\" "
      "failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}{}</testsuites>\n",
      attribute(subject.name), gates.tests + findings.tests, gates.failures + findings.failures,
      gates.skipped + findings.skipped, suite_text("gates", gates), suite_text("findings", findings));
}

}  // namespace crtune::report
