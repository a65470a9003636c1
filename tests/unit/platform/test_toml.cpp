#include "core/platform/toml.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crtune;
using base::ErrorCode;
using base::TomlNode;
using platform::parse_toml;

TEST_CASE("TOML is read with the line of every key, in document order") {
  const auto tree = parse_toml(
                        "[package]\nname = \"web\"\nedition = \"2021\"\n\n[[bin]]\nname = \"b\"\n[[bin]]\n"
                        "name = \"a\"\n[features]\nx = [\"y\", 'z']\nn.deep = 3\nd = 1979-05-27\n",
                        "Cargo.toml")
                        .value();
  REQUIRE(tree.find("package") != nullptr);
  CHECK(*tree.find("package")->text_of("name") == "web");
  CHECK(tree.find("package")->find("edition")->line == 3);
  REQUIRE(tree.find("bin")->items.size() == 2);
  CHECK(*tree.find("bin")->items[0].text_of("name") == "b");
  CHECK(tree.find("bin")->items[1].find("name")->line == 8);
  const auto* features = tree.find("features");
  CHECK(features->members[0].key == "x");
  CHECK(features->find("x")->items[1].text == "z");
  CHECK(features->find("n")->find("deep")->integer == 3);
  CHECK(features->find("d")->kind == TomlNode::Kind::time);
  CHECK(features->find("d")->text == "1979-05-27");
  CHECK(features->text_of("n") == nullptr);
}

TEST_CASE("wrong TOML is refused with its place") {
  for (const auto* bad :
       {"a = 1\na = 2\n", "a = \n", "[x\n", "a = \"x\n", "= 1\n", "a = \"\xff\"\n", "a = 1 b = 2\n"}) {
    CAPTURE(bad);
    const auto result = parse_toml(bad, "x.toml");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == ErrorCode::invalid);
    CHECK(result.error().place.file == "x.toml");
    CHECK(result.error().place.line > 0);
  }
  CHECK_FALSE(parse_toml(std::string("a = 1\0", 6), "x").has_value());
}

TEST_CASE("a table's name may start with anything, and is refused") {
  for (const char* text : {"[<x]\n", "[\x01]\n", "[[<x]]\n", "<x = 1\n"})
    CHECK_FALSE(platform::parse_toml(text, "Cargo.toml"));
}

TEST_CASE("deep and huge TOML is refused early") {
  std::string dots = "a";
  for (int i = 0; i < 100'000; ++i) dots += ".a";
  CHECK(parse_toml(dots + " = 1\n", "x").error().code == ErrorCode::limit);
  CHECK(parse_toml("[" + dots + "]\n", "x").error().code == ErrorCode::limit);
  CHECK_FALSE(parse_toml("a = " + std::string(100'000, '['), "x").has_value());
  std::string tables;
  for (int i = 0; i < 60; ++i) tables += "{a.a.a.a.a = ";
  CHECK_FALSE(parse_toml("a = " + tables + "1" + std::string(60, '}'), "x").has_value());
  CHECK(parse_toml(std::string(2U << 20U, '\n'), "x").error().code == ErrorCode::limit);
  std::string many = "a = [";
  for (int i = 0; i < 110'000; ++i) many += "1,";
  CHECK(parse_toml(many + "]", "x").error().code == ErrorCode::limit);
}

TEST_CASE("dots, brackets and quotes in strings and comments are no structure") {
  const std::string dots(500, '.');
  CHECK(parse_toml("a = \"" + dots + "\" # " + dots + "\nb = '''\n" + dots + "'\n'''\nc = \"\"\"\\\"\"\"\"\n",
                   "x")
            .has_value());
}
