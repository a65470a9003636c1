#include "core/analysis/analyze.hpp"
#include "core/platform/json.hpp"
#include "core/report/page_data.hpp"
#include "core/report/script_data.hpp"
#include "tests/support/image_in_memory.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace crtune;
using report::embeddable_json;
using report::TreeLimits;
using report::TreeRow;
using test::Items;

namespace {

struct Analyzed {
  model::Image image;
  model::Analysis analysis;
};

Analyzed analyzed(const std::vector<Items>& layers) {
  test::ImageInMemory built(layers);
  auto analysis = analysis::analyze(built.image, built, {}, {.with_files = true}).value();
  return {std::move(built.image), std::move(analysis)};
}

report::FileTree tree_of(const Analyzed& given, const TreeLimits& limits = {}) {
  return report::build_file_tree(given.image, *given.analysis.files, limits);
}

// The sums of the rows without children, by state.
std::array<std::uint64_t, 5> sums(const report::FileTree& tree) {
  std::array<std::uint64_t, 5> out = {};
  for (const TreeRow& row : tree.rows)
    if (row.kind != 'i' && row.kind != 'L' && row.kind != 'd')
      out[static_cast<std::size_t>(row.state)] += row.bytes;
  return out;
}

// A row as text: kind, name, bytes, children.
std::string told(const TreeRow& row) {
  return fmt::format("{} {} {} {}", row.kind, row.name, row.bytes, row.children);
}

std::string data_of(const Analyzed& given, const report::HtmlOptions& options = {}) {
  return report::page_data(given.image, given.analysis, {}, options);
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("JSON in a page cannot end its element, open a tag or break a line of script") {
  CHECK(embeddable_json(R"(["</script><!--&"])") == R"(["\u003c/script\u003e\u003c!--\u0026"])");
  CHECK(embeddable_json("\"\u2028\u2029\"") == R"("\u2028\u2029")");
  CHECK(embeddable_json("\"\u2027\u202A\u20AC\xE2\x80\"") == "\"\u2027\u202A\u20AC\xE2\x80\"");
  CHECK(embeddable_json("\xE2\x80") == "\xE2\x80");
  CHECK(embeddable_json("") == "");
  const std::string once = embeddable_json(R"("<&>")");
  CHECK(embeddable_json(once) == once);
  CHECK(report::embedded_size("a<") == std::string_view(R"("a\u003c")").size());
}

TEST_CASE("names of every kind of bytes reach the page as text") {
  auto given = analyzed({{{"d/<script>alert(1)", "a"},
                          {"d/\xFF\xFE", "b"},
                          {"d/new\nline\x1b[31m", "c"},
                          {"d/sep\u2028\u2029\u202E", "d"},
                          {"d/\"quoted\\", "e"}}});
  given.image.source = "</script>";
  given.analysis.findings = {{.rule = "R1", .message = "<img src=x>", .fix = "a && b", .path = "/\xC0\x80"}};
  const std::string data = data_of(given);
  CHECK_FALSE(has(data, "<"));
  CHECK_FALSE(has(data, ">"));
  CHECK_FALSE(has(data, "&"));
  CHECK_FALSE(has(data, "\u2028"));
  CHECK_FALSE(has(data, "\x1b"));
  for (const char* part :
       {R"(\u003c/script\u003e)", R"(\u003cscript\u003ealert(1))", R"(\\xff\\xfe)", R"(new\\nline\\x1b[31m)",
        R"(sep\\u2028\\u2029\\u202e)", R"(\"quoted\\)", R"(a \u0026\u0026 b)", R"(\\xc0\\x80)"})
    CHECK_MESSAGE(has(data, part), std::string(part));
  const auto read = platform::parse_json(data, "page");
  CHECK_MESSAGE(read.has_value(), (read ? "" : read.error().message));
}

TEST_CASE("the tree holds image, layers, folders and entries, breadth first") {
  const auto given = analyzed({{{"a/", ""}, {"a/x", "12345"}, {"a/b/y", "1"}, {"z", "123"}},
                               {{"a/x", "1234567"}, {".wh.z"}, {"empty/", ""}}});
  const auto tree = tree_of(given);
  std::vector<std::string> rows;
  for (const auto& row : tree.rows) rows.push_back(told(row));
  CHECK(rows == std::vector<std::string>{"i  16 2", "L  9 2", "L  7 3", "d a 6 2", "f z 3 0", "d a 7 1",
                                         "w z 0 0", "d empty 0 0", "f x 5 0", "d b 1 1", "f x 7 0",
                                         "f y 1 0"});
  CHECK(sums(tree) == given.analysis.bytes_by_fate);
  CHECK(tree.folded_entries == 0);
}

TEST_CASE("what does not fit is folded and every sum stays exact") {
  Items lower, upper;
  for (int i = 0; i < 300; ++i) {
    const std::string path = fmt::format("d{}/e{}/file{}", i % 3, i % 7, i);
    lower.push_back({path, std::string(static_cast<std::size_t>(i), 'x')});
    if (i % 2 == 0) upper.push_back({path, std::string(static_cast<std::size_t>(i / 2), 'y')});
    if (i % 5 == 0 && i % 2 == 1) upper.push_back({fmt::format("d{}/e{}/.wh.file{}", i % 3, i % 7, i)});
  }
  const auto given = analyzed({lower, upper});
  std::size_t files = 0;
  for (const auto& layer : given.image.layers) files += layer.entries.size();
  for (const TreeLimits limits :
       {TreeLimits{.rows = 0}, TreeLimits{.rows = 1}, TreeLimits{.rows = 40}, TreeLimits{.bytes = 6'000},
        TreeLimits{.folders = 0}, TreeLimits{.folders = 5}, TreeLimits{.rows = 60, .folders = 8},
        TreeLimits{}}) {
    const auto tree = tree_of(given, limits);
    CHECK(sums(tree) == given.analysis.bytes_by_fate);
    CHECK(tree.rows[0].bytes == given.analysis.uncompressed);
    std::uint64_t entries = 0, children = 0, named = 0;
    for (const auto& row : tree.rows) {
      children += row.children;
      const bool is_folder = row.kind == 'i' || row.kind == 'L' || row.kind == 'd';
      if (!is_folder) entries += row.entries;
      if (row.kind != 'i' && row.kind != 'L' && row.kind != 'r') ++named;
    }
    CHECK(entries == files);
    CHECK(children + 1 == tree.rows.size());
    CHECK(named <= limits.rows);
    CHECK(tree.rows[1].kind == 'L');
    CHECK(tree.rows[1].bytes == given.image.layers[0].content_bytes);
  }
  CHECK(tree_of(given, {.rows = 40}).folded_entries > 0);
}

TEST_CASE("the largest of a folder keep their names") {
  Items items;
  for (std::size_t i = 0; i < 50; ++i) items.push_back({fmt::format("d/f{}", i), std::string(i + 1, 'x')});
  const auto tree = tree_of(analyzed({items}), {.rows = 3});
  REQUIRE(tree.rows.size() == 6);
  CHECK(told(tree.rows[3]) == "f f49 50 0");
  CHECK(told(tree.rows[4]) == "f f48 49 0");
  CHECK(tree.rows[5].kind == 'r');
  CHECK(tree.rows[5].entries == 48);
  CHECK(tree.rows[5].bytes == 48 * 49 / 2);
}

TEST_CASE("columns of the tree name each name once and sizes by their differences") {
  std::string out;
  report::JsonWriter json(out, 3);
  json.begin_object();
  report::write_file_tree(json, tree_of(analyzed({{{"a/x", "12345"}, {"a/y", "12"}}, {{"a/x", "1"}}})));
  json.end_object();
  CHECK(has(out, R"("kinds": "iLLddfff")"));
  CHECK(has(out, R"("states": "00000100")"));
  CHECK(has(out, R"("names": "a/x/y")"));
  CHECK(has(out, R"("name_of": "-,-,-,,0,,,1")"));
  CHECK(has(out, R"("sizes": "5,-3,-1")"));
  CHECK(has(out, R"("children": "2,1,1,2,1")"));
}

TEST_CASE("lists stop where their room ends and say what is left out") {
  std::string out;
  report::JsonWriter json(out, 3);
  json.begin_object();
  report::BoundedRows rows(json, "list", 14);
  CHECK(rows.add("1111", 10));
  CHECK_FALSE(rows.add("\"<<<<\"", 20));
  CHECK_FALSE(rows.add("2", 30));
  rows.end();
  json.end_object();
  CHECK(out == R"({"list": [1111], "list_left_out": 2, "list_left_out_bytes": 50})");
}

TEST_CASE("hostile texts and lists keep the page below 8 MB") {
  auto given = analyzed({{{"x", "1"}}});
  auto& summary = given.analysis.layers[0];
  summary.instruction.assign(1'000'000, '<');
  const std::string name(255, '<');
  model::BinaryRow binary;
  binary.size = 1'000 * 3;
  for (int i = 0; i < 1'000; ++i) {
    binary.binary.owners.push_back({model::OwnerKind::package, name + std::to_string(i), name, 3, 0});
    given.analysis.findings.push_back({.rule = name, .message = name, .fix = name, .path = name});
    given.analysis.groups.push_back({.bytes = 1, .files = 1, .fix = name});
    given.analysis.notes.push_back(name);
  }
  for (int i = 0; i < 3; ++i) given.analysis.binaries.push_back(binary);
  test::Items items;
  for (int i = 0; i < 5'000; ++i) items.push_back({name.substr(0, 240) + std::to_string(i), "1"});
  auto wide = analyzed({items});
  given.image = std::move(wide.image);
  given.analysis.files = std::move(wide.analysis.files);
  const std::string page = report::analysis_html(given.image, given.analysis, {});
  CHECK(page.size() <= 8'000'000);
  CHECK(page.size() > 4'000'000);
  CHECK(has(page, "\"findings_left_out\": 8"));
  CHECK(page == report::analysis_html(given.image, given.analysis, {}));
}

TEST_CASE("rules are told where a finding names them") {
  constexpr std::array<model::RuleText, 2> kRules = {
      {{"A1", "title one", {}, "why one", "fix one"}, {"B2", "title two", {}, "why two", "fix two"}}};
  auto given = analyzed({{{"x", "1"}}});
  given.analysis.findings = {{.rule = "B2", .severity = model::Severity::error, .message = "m", .fix = "f"}};
  const std::string data = data_of(given, {.rules = kRules});
  CHECK(has(data, "why two"));
  CHECK_FALSE(has(data, "why one"));
}
