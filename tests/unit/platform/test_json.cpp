#include "core/platform/json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace crtune;
using base::ErrorCode;
using platform::parse_json;

TEST_CASE("JSON is read into a tree") {
  const auto tree = parse_json(R"({"a":[1,-2,1.5,"\ud83d\ude80",null,true],"b":{}})", "x").value();
  CHECK(tree["a"].array()->size() == 6);
  CHECK((*tree["a"].array())[0].unsigned_number() == 1);
  CHECK((*tree["a"].array())[1].unsigned_number() == -1);
  CHECK(*(*tree["a"].array())[3].string() == "🚀");
  CHECK(tree.has("b"));
  CHECK(tree["c"].is_null());
}

TEST_CASE("JSON that two readers could take differently is refused") {
  for (const auto* bad :
       {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"A\":2}", "NaN", "[NaN]", "// c\n1",
        "\xEF\xBB\xBF{}", "{} {}", "\"\\ud800\"", "\"\xff\"", "\"a\nb\"", "01", "[1e999]"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_json(bad, "x").has_value());
  }
}

TEST_CASE("deep JSON is refused without recursion") {
  const auto result = parse_json(std::string(1'000'000, '['), "x");
  CHECK(result.error().code == ErrorCode::limit);
}

TEST_CASE("a JSON error has its byte") {
  const auto error = parse_json("{\"a\": tru}", "config.json").error();
  CHECK(error.place.file == "config.json");
  CHECK(error.place.offset.value() == 9);
}
