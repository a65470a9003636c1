// Writes reports of hostile and of very many findings into a folder, for scenarios that judge them with other
// programs' readers: no image brings every finding.
#include "core/platform/files.hpp"
#include "core/report/analysis_markdown.hpp"
#include "core/report/findings_annotations.hpp"
#include "core/report/findings_junit.hpp"
#include "core/report/findings_sarif.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <cstdint>
#include <iostream>

using namespace crtune;

namespace {

bool put(const std::string& path, const std::string& text) {
  platform::RealFiles files;
  const auto written = files.write(path, text, base::Files::Replace::yes);
  if (!written) std::cerr << base::describe(written.error()) << '\n';
  return written.has_value();
}

bool write_all(const std::string& stem, test::SmallReport report, bool is_image) {
  const auto& analysis = report.analysis;
  const report::Results results = {
      .findings = analysis.findings, .rules = test::kRules, .gates = analysis.gates};
  const report::Subject subject = {.name = report.image.names.front(), .is_image = is_image};
  std::string json;
  report::JsonWriter writer(json);
  writer.begin_object();
  report::write_findings(writer, analysis.findings);
  writer.end_object();
  return put(stem + ".sarif", report::findings_sarif(
                                  results, {.name = "cloudrun-tune", .version = "1", .uri = {}}, subject)) &&
         put(stem + ".xml", report::findings_junit(results, subject)) &&
         put(stem + ".github", report::findings_annotations(results, subject)) &&
         put(stem + ".md", report::analysis_markdown(report.image, analysis, {})) &&
         put(stem + ".txt", report::findings_text(analysis.findings, {})) && put(stem + ".json", json);
}

// Every byte there is, in a name.
std::string all_bytes() {
  std::string out;
  for (int byte = 0; byte < 256; ++byte) out += static_cast<char>(byte);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = std::string(argv[1]) + "/";
  test::SmallReport plain;
  plain.analysis.findings = test::plain_findings();
  test::SmallReport hostile(test::kHostile, test::kHostile);
  hostile.analysis.gates = {{.name = test::kHostile, .passed = false}};
  hostile.analysis.notes = {test::kHostile, all_bytes()};
  for (const auto severity : {model::Severity::info, model::Severity::warning, model::Severity::error})
    hostile.analysis.findings.push_back(test::hostile_finding(test::kHostile, severity));
  hostile.analysis.findings.push_back(test::hostile_finding("T1", model::Severity::error));
  hostile.analysis.findings.back().ignored = test::kHostile;
  hostile.analysis.findings.push_back(
      {.rule = "T2", .message = all_bytes(), .fix = all_bytes(), .path = all_bytes()});
  test::SmallReport many = hostile;
  for (std::uint64_t i = 0; i < 30'000; ++i) {
    model::Finding finding = i % 50 == 0 ? test::hostile_finding("", {}) : test::plain_findings().front();
    finding.rule = "T" + std::to_string(i % 70);
    finding.severity = static_cast<model::Severity>(i % 3);
    finding.bytes = i;
    many.analysis.findings.push_back(finding);
  }
  return write_all(folder + "plain", plain, true) && write_all(folder + "hostile", hostile, true) &&
                 write_all(folder + "files", hostile, false) && write_all(folder + "many", many, true)
             ? 0
             : 1;
}
