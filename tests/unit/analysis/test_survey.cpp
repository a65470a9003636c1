#include "tests/support/surveyed_image.hpp"

#include <doctest/doctest.h>

namespace crtune {

TEST_CASE("root is found whatever it is called, and a number is not") {
  test::SurveyedImage image = {.layers = {{{"app", "x"}}}};
  for (const auto* user : {"", "root", "0", "0:0", "root:root"}) {
    image.config.user = user;
    CAPTURE(user);
    CHECK(image.findings("IMG401").size() == 1);
  }
  image.config.user = "65532:65532";
  CHECK(image.findings("IMG401").empty());
}

TEST_CASE("waste is found with its layer, path, bytes and fix") {
  const std::string large(100'000, 'x');
  test::SurveyedImage image = {.layers = {{{"data/large", large}}, {{"data/.wh.large"}}}};
  const auto found = image.findings("IMG101");
  REQUIRE(found.size() == 1);
  CHECK(found[0].layer == 0);
  CHECK(found[0].path == "/data/large");
  CHECK(found[0].bytes == 100'000);
  CHECK(!found[0].fix.empty());
  image.layers[1] = {};
  CHECK(image.findings("IMG101").empty());
}

}  // namespace crtune
