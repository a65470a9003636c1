#include "core/platform/yaml.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crtune;
using base::ErrorCode;
using platform::parse_yaml;

TEST_CASE("YAML is read with the place of every node") {
  const auto tree = parse_yaml("rules:\n  a: \"0.9\"\n  b: [x, y]\n", "x.yaml").value();
  const auto* rules = tree.find("rules");
  REQUIRE(rules != nullptr);
  CHECK(rules->find("a")->scalar == "0.9");
  CHECK(rules->find("a")->quoted);
  CHECK(rules->find("b")->items.size() == 2);
  CHECK(rules->find("b")->line == 3);
  CHECK(rules->find("b")->column == 6);
}

TEST_CASE("what makes YAML dangerous is refused with its place") {
  for (const auto* bad : {"a: &x 1\nb: *x\n", "a: 1\na: 2\n", "<<: {a: 1}\n", "!!python/x {}\n", "a: [1",
                          "? [a]\n: 1\n", "a: b: c"}) {
    CAPTURE(bad);
    const auto result = parse_yaml(bad, "x.yaml");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().place.line > 0);
  }
  CHECK_FALSE(parse_yaml(std::string("a: \0b", 5), "x").has_value());
  CHECK_FALSE(parse_yaml("a: \xff", "x").has_value());
}

TEST_CASE("deep and huge YAML is refused early") {
  CHECK(parse_yaml(std::string(100'000, '['), "x").error().code == ErrorCode::limit);
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) dashes += "- ";
  CHECK(parse_yaml(dashes, "x").error().code == ErrorCode::limit);
  CHECK(parse_yaml(std::string(300U << 10U, 'a'), "x").error().code == ErrorCode::limit);
}
