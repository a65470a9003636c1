#include "core/report/analysis_markdown.hpp"
#include "tests/support/findings_in_memory.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace crtune;
using namespace crtune::report;
using model::Severity;

namespace {

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a small comment, whole") {
  test::SmallReport report;
  report.analysis.findings = test::plain_findings();
  report.analysis.gates = {
      {.name = "max-size", .limit = 1e6, .value = 4e6, .is_bytes = true, .passed = false}};
  report.analysis.notes = {"a note"};
  CHECK(analysis_markdown(report.image, report.analysis, {.top = 1}) == R"(## ❌ `shop:1.2`: 1 gate failed

4.00 MB uncompressed, 2 layers, 12 entries, linux/amd64

| | gate | value | limit |
|---|---|--:|--:|
| ❌ | max-size | 4.00 MB | 1.00 MB |

### 1.00 MB of waste (25.0 %)

| path | bytes | cause | fix |
|---|--:|---|---|
| `/server` and 1 more file | 1.00 MB | deleted by a later layer, still shipped, by layer 1 | `do not copy app/server` |

### Findings: 1 error, 1 warning, 1 info (1 accepted)

| | rule | finding | place | fix |
|---|---|---|---|---|
| error | T1 | a key in a file | `/app/config 1.json:3:14 in layer 2` | `remove it` |

<details>
<summary>2 layers</summary>

| layer | size | reclaimable | instruction |
|--:|--:|--:|---|
| 0 | 3.00 MB | 1.00 MB | base: `ADD rootfs /` |
| 1 | 1.00 MB |  | `RUN rm app/server` |

</details>

<details>
<summary>All 4 findings</summary>

| | rule | finding | place | fix |
|---|---|---|---|---|
| error | T1 | a key in a file | `/app/config 1.json:3:14 in layer 2` | `remove it` |
| warning | T2 | the program carries symbols (1.50 MB) | `/app/server in layer 1 (COPY server /app/)` | `go build -ldflags='-s -w'` |
| info | T3 | no user is set |  | `USER 65532` |
| error | T1 | a key in a test; accepted: a made-up key | `/app/test.json:9` |  |

</details>

<details>
<summary>1 note</summary>

- a note

</details>
)");
}

TEST_CASE("binaries with the shares of their modules") {
  test::SmallReport report;
  model::Binary binary;
  binary.machine = "amd64";
  binary.language = "go";
  binary.stripped = false;
  binary.strippable_bytes = 300'000;
  binary.owners = {{.kind = model::OwnerKind::package, .name = "a/x", .module = "a", .bytes = 400'000},
                   {.kind = model::OwnerKind::package, .name = "b/y", .module = "b", .bytes = 300'000},
                   {.kind = model::OwnerKind::package, .name = "a/z", .module = "a", .bytes = 200'000},
                   {.kind = model::OwnerKind::package, .name = "fmt", .module = "std", .bytes = 50'000},
                   {.kind = model::OwnerKind::section, .name = ".symtab", .module = {}, .bytes = 30'000},
                   {.kind = model::OwnerKind::remainder, .name = "padding", .module = {}, .bytes = 20'000}};
  report.analysis.binaries.push_back(
      {.path = report.image.paths.intern("app/server"), .layer = 1, .size = 1'000'000, .binary = binary});
  const std::string text = analysis_markdown(report.image, report.analysis, {});
  CHECK(holds(text, "<summary>1 binary</summary>"));
  CHECK(holds(text,
              "| `/app/server` | 1.00 MB | amd64 static, go, not stripped (300 kB could go) | `a` 60.0 %, "
              "`b` 30.0 %, `std` 5.0 %, `.symtab` 3.0 %, 1 more |\n"));
}

TEST_CASE("hostile names stay names") {
  test::SmallReport report(test::kHostile, test::kHostile);
  report.image.config.platform = test::kHostile;
  report.analysis.notes = {test::kHostile};
  report.analysis.gates = {{.name = test::kHostile, .passed = false}};
  report.analysis.findings = {test::hostile_finding(test::kHostile, Severity::error)};
  const std::string text = analysis_markdown(report.image, report.analysis, {.top = 0});
  CHECK_FALSE(holds(text, "<script"));
  CHECK(count(text, "<details>") == count(text, "</details>"));
  CHECK_FALSE(holds(text, "@everyone"));
  CHECK_FALSE(holds(text, "#12 "));
  CHECK_FALSE(holds(text, "GH-7"));
  CHECK_FALSE(holds(text, "http://"));
  CHECK_FALSE(holds(text, "]("));
  // A row of a table has as many cells as its head, for no name brings a pipe of its own.
  const auto row = text.find("| error |");
  REQUIRE(row != std::string::npos);
  const std::string line = text.substr(row, text.find('\n', row) - row);
  CHECK(std::count(line.begin(), line.end(), '|') == 6);
}

TEST_CASE("a comment fits GitHub whatever the input") {
  test::SmallReport report(test::kHostile, test::kHostile);
  const std::string at(500, '@');
  for (int i = 0; i < 10'000; ++i) {
    auto finding = test::hostile_finding("T1", Severity::error);
    finding.message = finding.fix = finding.path = at;
    finding.ignored = i % 2 == 0 ? at : "";
    report.analysis.findings.push_back(finding);
    report.analysis.groups.push_back(report.analysis.groups.front());
    report.analysis.gates.push_back({.name = at, .passed = false});
    report.analysis.notes.push_back(at);
    report.analysis.binaries.push_back({.path = 1, .layer = 0, .size = 1, .binary = {}});
    report.image.layers.emplace_back();
    report.analysis.layers.push_back({.created_by = {}, .instruction = at});
  }
  const std::string text = analysis_markdown(report.image, report.analysis, {.top = 20'000});
  CHECK(text.size() < kMaxMarkdownBytes);
  CHECK(text.size() > kMaxMarkdownBytes / 2);
  CHECK(count(text, "<details>") == count(text, "</details>"));
  CHECK(count(text, "left out here") >= 5);
}
