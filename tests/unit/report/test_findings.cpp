#include "core/report/findings.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using namespace crtune::report;
using model::Finding;
using model::Severity;

TEST_CASE("the worst stands first and accepted findings last") {
  CHECK(worst_first(test::plain_findings()) == std::vector<std::size_t>{2, 0, 1, 3});
  const std::vector<Finding> findings = {
      {.rule = "B", .message = "", .fix = "", .bytes = 1},
      {.rule = "A", .message = "", .fix = "", .path = "/b", .bytes = 1},
      {.rule = "A", .message = "", .fix = "", .path = "/a", .line = 2, .bytes = 1},
      {.rule = "A", .message = "", .fix = "", .path = "/a", .line = 1, .bytes = 1},
      {.rule = "C", .message = "", .fix = "", .bytes = 2},
      {.rule = "A", .message = "", .fix = ""},
  };
  CHECK(worst_first(findings) == std::vector<std::size_t>{4, 3, 2, 1, 0, 5});
}

TEST_CASE("findings for a person") {
  const auto findings = test::plain_findings();
  CHECK(findings_text(findings, {}) == R"(1 error, 1 warning, 1 info (1 accepted)
    error  T1 a key in a file
           place    /app/config 1.json:3:14 in layer 2
           fix      remove it
  warning  T2 the program carries symbols
           place    /app/server in layer 1 (COPY server /app/)
           bytes    1.50 MB
           fix      go build -ldflags='-s -w'
     info  T3 no user is set
           fix      USER 65532
)");
  CHECK(findings_text(findings, {.top = 1}) == R"(1 error, 1 warning, 1 info (1 accepted)
    error  T1 a key in a file
           place    /app/config 1.json:3:14 in layer 2
           fix      remove it
  … and 2 findings not shown (--top 3)
)");
  CHECK(findings_text({}, {}).empty());
  CHECK(findings_text(std::span(findings).subspan(3), {}) == "no findings (1 accepted)\n");
}

TEST_CASE("a hostile finding cannot act on a terminal") {
  const std::vector<Finding> findings = {test::hostile_finding("T1", Severity::error)};
  const std::string text = findings_text(findings, {});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x01') == std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 5);
  CHECK(findings_text(findings, {.colour = true}).find("\x1b[1;31m    error\x1b[0m") != std::string::npos);
}

TEST_CASE("findings as JSON: what is unknown is null") {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  auto findings = test::plain_findings();
  findings.erase(findings.begin());
  findings.push_back(
      {.rule = "T2", .message = "m", .fix = "f", .layer = 0, .instruction = "RUN x", .bytes = 0});
  write_findings(json, findings);
  json.end_object();
  CHECK(out == R"({
  "findings": [
    {"rule": "T3", "severity": "info", "message": "no user is set", "fix": "USER 65532", "layer": null, "instruction": null, "path": null, "line": null, "column": null, "bytes": null, "ignored": null},
    {"rule": "T1", "severity": "error", "message": "a key in a file", "fix": "remove it", "layer": 2, "instruction": null, "path": "/app/config 1.json", "line": 3, "column": 14, "bytes": null, "ignored": null},
    {"rule": "T1", "severity": "error", "message": "a key in a test", "fix": null, "layer": null, "instruction": null, "path": "/app/test.json", "line": 9, "column": null, "bytes": null, "ignored": "a made-up key"},
    {"rule": "T2", "severity": "info", "message": "m", "fix": "f", "layer": 0, "instruction": "RUN x", "path": null, "line": null, "column": null, "bytes": 0, "ignored": null}
  ]
}
)");
}
