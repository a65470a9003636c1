#include "core/report/findings_junit.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using namespace crtune::report;
using model::Severity;

TEST_CASE("gates and rules as tests") {
  auto findings = test::plain_findings();
  findings.push_back(
      {.rule = "X9", .severity = Severity::warning, .message = "m", .fix = "", .ignored = "known"});
  findings.push_back(
      {.rule = "T1", .severity = Severity::error, .message = "a second key", .fix = "", .path = "/z"});
  std::vector<model::RuleText> rules = test::kRules;
  rules.push_back({.id = "T4", .title = "Fine", .why = "", .fix = ""});
  const std::vector<model::GateResult> gates = {
      {.name = "max-layers", .limit = 9, .value = 2},
      {.name = "max-size", .limit = 1e6, .value = 4e6, .is_bytes = true, .passed = false}};
  CHECK(findings_junit({.findings = findings, .rules = rules, .gates = gates}, {.name = "shop:1.2"}) ==
        R"xml(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cloudrun-tune: shop:1.2" tests="7" failures="3" errors="0" skipped="1">
  <testsuite name="gates" tests="2" failures="1" errors="0" skipped="0">
    <testcase classname="gates" name="max-layers"/>
    <testcase classname="gates" name="max-size">
      <failure message="max-size is 4.00 MB, the limit is 1.00 MB" type="gate">max-size is 4.00 MB, the limit is 1.00 MB
</failure>
    </testcase>
  </testsuite>
  <testsuite name="findings" tests="5" failures="2" errors="0" skipped="1">
    <testcase classname="findings" name="T1: A key is in the image">
      <failure message="a key in a file (and 2 more)" type="error">error: a key in a file
  place: /app/config 1.json:3:14 in layer 2
  fix: remove it
error: a second key
  place: /z
error: a key in a test
  place: /app/test.json:9
  accepted: a made-up key
</failure>
    </testcase>
    <testcase classname="findings" name="T2: The program is not stripped">
      <failure message="the program carries symbols" type="warning">warning: the program carries symbols
  place: /app/server in layer 1 (COPY server /app/)
  bytes: 1500000
  fix: go build -ldflags=&#39;-s -w&#39;
</failure>
    </testcase>
    <testcase classname="findings" name="T3: Root runs it">
      <system-out>info: no user is set
  fix: USER 65532
</system-out>
    </testcase>
    <testcase classname="findings" name="T4: Fine"/>
    <testcase classname="findings" name="X9">
      <skipped message="known"/>
      <system-out>warning: m
  accepted: known
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)xml");
}

TEST_CASE("nothing found is still a document") {
  CHECK(findings_junit({}, {.name = "a<b"}) == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cloudrun-tune: a&#60;b" tests="0" failures="0" errors="0" skipped="0">
  <testsuite name="gates" tests="0" failures="0" errors="0" skipped="0">
  </testsuite>
  <testsuite name="findings" tests="0" failures="0" errors="0" skipped="0">
  </testsuite>
</testsuites>
)");
}

TEST_CASE("a rule with very many findings lists the worst") {
  const std::vector<model::Finding> findings(10'000, test::hostile_finding("T1", Severity::error));
  const std::string text = findings_junit({.findings = findings, .rules = {}, .gates = {}}, {.name = "x"});
  CHECK(text.find("and 9,900 findings more") != std::string::npos);
  CHECK(text.size() < 200'000);
  CHECK(text.find("]]>") == std::string::npos);
}
