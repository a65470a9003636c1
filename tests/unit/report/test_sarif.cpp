#include "core/report/findings_sarif.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace crtune;
using namespace crtune::report;
using model::Finding;
using model::GateResult;

namespace {

constexpr ToolInfo kTool = {.name = "tool", .version = "1.0", .uri = "https://example.com/"};

std::string sarif(std::span<const Finding> findings, std::span<const GateResult> gates = {},
                  const Subject& subject = {.name = "shop:1.2", .is_image = true}) {
  return findings_sarif({.findings = findings, .rules = {}, .gates = gates}, kTool, subject);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string uri_of(const std::string& path, const Subject& subject) {
  const std::vector<Finding> findings = {{.rule = "T1", .message = "m", .fix = "", .path = path}};
  const std::string text = sarif(findings, {}, subject);
  const auto begin = text.find("\"uri\": \"") + 8;
  return text.substr(begin, text.find('"', begin) - begin);
}

std::string fingerprint_of(const Finding& finding) {
  const std::string text = sarif({&finding, 1});
  return text.substr(text.find("LineHash\": \"") + 12, 18);
}

}  // namespace

TEST_CASE("a log with one finding, whole") {
  const auto findings = test::plain_findings();
  const std::span<const model::RuleText> rules(test::kRules.data(), 1);
  CHECK(findings_sarif({.findings = std::span(findings).subspan(2, 1), .rules = rules, .gates = {}}, kTool,
                       {.name = "shop:1.2"}) ==
        R"({
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {"tool": {"driver": {"name": "tool", "version": "1.0", "informationUri": "https://example.com/", "rules": [{"id": "T1", "shortDescription": {"text": "A key is in the image"}, "fullDescription": {"text": "Whoever pulls the image has the key.\u000a\u000aFix: Mount it with Secret Manager."}, "help": {"text": "Whoever pulls the image has the key.\u000a\u000aFix: Mount it with Secret Manager.", "markdown": "Whoever pulls the image has the key.\u000a\u000a**Fix:** Mount it with Secret Manager."}, "defaultConfiguration": {"level": "error"}, "properties": {"problem.severity": "error", "tags": ["cloud-run"]}}]}}, "results": [{"ruleId": "T1", "ruleIndex": 0, "level": "error", "message": {"text": "a key in a file. Fix: remove it"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "app/config%201.json"}, "region": {"startLine": 3, "startColumn": 14}}, "logicalLocations": [{"name": "layer 2", "kind": "layer"}]}], "partialFingerprints": {"primaryLocationLineHash": ")" +
            fingerprint_of(findings[2]) +
            R"("}, "suppressions": []}], "invocations": [{"executionSuccessful": true}]}
  ]
}
)");
}

TEST_CASE("failed gates come first and accepted findings are suppressed") {
  const auto findings = test::plain_findings();
  const std::vector<GateResult> gates = {
      {.name = "max-layers", .limit = 9, .value = 2},
      {.name = "max-size", .limit = 1e6, .value = 4e6, .is_bytes = true, .passed = false}};
  const std::string text = sarif(findings, gates);
  CHECK(holds(
      text,
      R"("results": [{"ruleId": "GATE/max-size", "ruleIndex": 1, "level": "error", "message": {"text": "max-size is 4.00 MB, the limit is 1.00 MB"}, "locations": [{"physicalLocation": {"artifactLocation": {"uri": "shop%3A1.2"}, "region": {"startLine": 1}}}])"));
  CHECK_FALSE(holds(text, R"("ruleId": "GATE/max-layers")"));
  CHECK(holds(
      text,
      R"("suppressions": [{"kind": "external", "status": "accepted", "justification": "a made-up key"}])"));
  CHECK(holds(text, R"("level": "note")"));
  CHECK(holds(text, R"({"name": "instruction)") == false);
  CHECK(holds(text, R"({"name": "COPY server /app/", "kind": "instruction"})"));
  CHECK(holds(text, R"("properties": {"bytes": 1500000})"));
}

TEST_CASE("places of an image and of checked files") {
  const Subject image = {.name = "shop:1.2", .is_image = true};
  const Subject folder = {.name = "./deploy", .is_image = false};
  CHECK(uri_of("/app/server", image) == "app/server");
  CHECK(uri_of("app/../../etc/x", image) == "etc/x");
  CHECK(uri_of("/a b\xff#?%", image) == "a%20b%FF%23%3F%25");
  CHECK(uri_of("", image) == "shop%3A1.2");
  CHECK(uri_of("/", image) == "shop%3A1.2");
  CHECK(uri_of("./service.yaml", folder) == "service.yaml");
  CHECK(uri_of("../service.yaml", folder) == "../service.yaml");
  CHECK(uri_of("/srv/my service.yaml", folder) == "file:///srv/my%20service.yaml");
  CHECK(uri_of("", folder) == "deploy");
  CHECK(uri_of("", {.name = ".", .is_image = false}) == ".");
  const Subject executable = {.name = "./bin/server", .is_image = false, .is_executable = true};
  CHECK(uri_of("/server", executable) == "bin/server");
}

TEST_CASE("fingerprints stay while numbers move, and differ for different findings") {
  Finding finding = test::plain_findings()[0];
  const std::string first = fingerprint_of(finding);
  CHECK(first.ends_with(":1"));
  finding.layer = 5;
  finding.bytes = 1;
  finding.line = 8;
  finding.message = "other words";
  CHECK(fingerprint_of(finding) == first);
  finding.path += "2";
  CHECK(fingerprint_of(finding) != first);
  const std::vector<Finding> twice(2, finding);
  const std::string text = sarif(twice);
  CHECK(holds(text, ":1\"}, \"suppressions"));
  CHECK(holds(text, ":2\"}, \"suppressions"));
}

TEST_CASE("messages hold no placeholder and no link of SARIF") {
  const auto message = [](const std::string& words) {
    const std::vector<Finding> findings = {{.rule = "T1", .message = words, .fix = ""}};
    const std::string text = sarif(findings);
    const auto begin = text.find("\"message\": {\"text\": \"") + 21;
    return text.substr(begin, text.find("\"}", begin) - begin);
  };
  CHECK(message("set ${PORT} {a} {}") == "set ${PORT} {a} {}");
  CHECK(message("a {0} b {12}") == "a {{0}} b {{12}}");
  CHECK(message("[x](1) [y]") == "\\\\[x\\\\](1) \\\\[y\\\\]");
  CHECK(message("a[0] \x1b") == "a[0] \\\\x1b");
}

TEST_CASE("code scanning takes 25,000 results") {
  const std::vector<Finding> findings(30'000, {.rule = "T1", .message = "m", .fix = "f"});
  const std::vector<GateResult> gates = {{.name = "max-size", .passed = false}};
  const std::string text = sarif(findings, gates);
  std::size_t results = 0;
  for (auto at = text.find("\"ruleId\""); at != std::string::npos; at = text.find("\"ruleId\"", at + 1))
    ++results;
  CHECK(results == kMaxSarifResults);
  CHECK(holds(text, "5,001 results are left out: code scanning takes 25000 a run"));
}
