#include "core/report/findings_annotations.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace crtune;
using namespace crtune::report;
using model::Finding;
using model::Severity;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

}  // namespace

TEST_CASE("findings of an executable name its file, not its path in an image") {
  Finding finding;
  finding.rule = "T2";
  finding.severity = Severity::warning;
  finding.message = "it carries symbols";
  finding.path = "/server";
  const std::vector<Finding> findings = {finding};
  CHECK(findings_annotations({.findings = findings, .rules = {}, .gates = {}},
                             {.name = "bin/server", .is_image = false, .is_executable = true}) ==
        "::warning file=bin/server,title=T2::it carries symbols\n");
}

TEST_CASE("findings of an image name no file") {
  const auto findings = test::plain_findings();
  const std::vector<model::GateResult> gates = {
      {.name = "max-size", .limit = 1e6, .value = 4e6, .is_bytes = true, .passed = false},
      {.name = "max-layers"}};
  CHECK(findings_annotations({.findings = findings, .rules = test::kRules, .gates = gates},
                             {.name = "shop:1.2"}) ==
        "::error title=gate max-size::shop:1.2: max-size is 4.00 MB, the limit is 1.00 MB\n"
        "::error title=T1%3A A key is in the image::a key in a file%0Ashop:1.2: /app/config 1.json:3:14 in "
        "layer "
        "2%0Afix: remove it\n"
        "::warning title=T2%3A The program is not stripped::the program carries symbols%0Ashop:1.2: "
        "/app/server in "
        "layer 1 (COPY server /app/)%0Afix: go build -ldflags='-s -w'\n"
        "::notice title=T3%3A Root runs it::no user is set%0Ashop:1.2%0Afix: USER 65532\n");
}

TEST_CASE("findings of files stand at their lines") {
  const std::vector<Finding> findings = {
      {.rule = "T1",
       .severity = Severity::error,
       .message = "100 % wrong",
       .fix = "",
       .path = "a,b:c%.yaml",
       .line = 3,
       .column = 5},
      {.rule = "T1", .severity = Severity::error, .message = "m", .fix = "", .path = "b.yaml"},
      {.rule = "T1", .severity = Severity::error, .message = "whole", .fix = ""}};
  CHECK(findings_annotations({.findings = findings, .rules = {}, .gates = {}},
                             {.name = "deploy", .is_image = false}) ==
        "::error title=T1::whole%0Adeploy\n"
        "::error file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=T1::100 %25 wrong\n"
        "::error file=b.yaml,title=T1::m\n");
}

TEST_CASE("hostile text stays within its command") {
  const std::vector<Finding> findings = {test::hostile_finding("T1\n::error::x", Severity::warning)};
  for (const bool is_image : {true, false}) {
    const auto lines = lines_of(findings_annotations({.findings = findings, .rules = {}, .gates = {}},
                                                     {.name = test::kHostile, .is_image = is_image}));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].starts_with("::warning "));
    const auto end = lines[0].find("::", 2);
    CHECK(lines[0].substr(0, end).find("title=T1 %3A%3Aerror%3A%3Ax") != std::string::npos);
    CHECK(lines[0].find("%250A") != std::string::npos);
  }
}

TEST_CASE("no more than GitHub shows, the worst first") {
  std::vector<Finding> findings;
  for (std::uint64_t i = 0; i < 40; ++i) {
    const auto severity = static_cast<Severity>(i % 3);
    findings.push_back(
        {.rule = "T1", .severity = severity, .message = "m" + std::to_string(i), .fix = "", .bytes = i});
  }
  findings.push_back(
      {.rule = "T1", .severity = Severity::error, .message = "accepted", .fix = "", .ignored = "known"});
  const auto lines = lines_of(findings_annotations({.findings = findings, .rules = {}, .gates = {}},
                                                   {.name = "x", .is_image = true}));
  REQUIRE(lines.size() == 30);
  CHECK(lines[0] == "::error title=T1::m38%0Ax");
  CHECK(lines[9].starts_with("::error"));
  CHECK(lines[10] == "::warning title=T1::m37%0Ax");
  CHECK(lines[20] == "::notice title=T1::m39%0Ax");
  CHECK(lines[29] == "::notice title=cloudrun-tune::not shown here: 3 errors, 3 warnings, 5 infos");
}
