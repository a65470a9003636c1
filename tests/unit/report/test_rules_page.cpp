#include "core/analysis/rules/rule.hpp"
#include "core/platform/json.hpp"
#include "core/report/rules_page.hpp"

#include <doctest/doctest.h>

#include <set>

namespace crtune {

TEST_CASE("every rule has words, and an ID of its own") {
  std::set<std::string_view> ids;
  for (const auto& rule : analysis::rules::rule_texts()) {
    CAPTURE(rule.id);
    CHECK(ids.insert(rule.id).second);
    CHECK(!rule.title.empty());
    CHECK(!rule.why.empty());
    CHECK(!rule.fix.empty());
  }
  CHECK(ids.size() > 20);
}

TEST_CASE("a rule's words are wrapped, escaped for Markdown and read back from JSON") {
  const model::RuleText rule = {"X1", "A *title*", model::Severity::warning, "one two three four five six",
                                "rm -rf x/*"};
  CHECK(report::rule_text(rule, 20) ==
        "X1  A *title*  (warning)\n  why  one two three\n       four five six\n  fix  rm -rf x/*\n");
  const auto page = report::rules_markdown(std::span(&rule, 1));
  CHECK(page.find("| [X1](#x1) | warning | A \\*title\\* |\n") != std::string::npos);
  CHECK(page.find("Fix: rm -rf x/\\*\n") != std::string::npos);
  const auto json = platform::parse_json(report::rules_json(std::span(&rule, 1)), "rules");
  REQUIRE(json);
  REQUIRE(json->array() != nullptr);
  CHECK(*(*json->array())[0]["title"].string() == "A *title*");
  CHECK(report::rules_text(std::span(&rule, 1)) == "X1  warning  A *title*\n");
}

}  // namespace crtune
