#include "core/analysis/settings.hpp"

#include <doctest/doctest.h>

namespace crtune::analysis {

TEST_CASE("settings hide what is secret by its name or its value") {
  model::ImageConfig config;
  config.environment = {"PORT=8080", "DB_PASSWORD=hunter2", "EMPTY="};
  config.labels = {{"b", "2"}, {"a", "1"}};
  config.entrypoint = {"/app", "a \"b\""};
  const auto settings = settings_of(config, 7);
  REQUIRE(settings.size() == 6);
  CHECK(settings[0].value == R"(["/app", "a \"b\""])");
  CHECK(settings[1].name == "DB_PASSWORD");
  CHECK(settings[1].hidden);
  CHECK(settings[1].value.empty());
  CHECK(settings[3].value == "8080");
  CHECK(settings[4].name == "a");
  config.environment[1] = "DB_PASSWORD=hunter3";
  CHECK(settings_of(config, 7)[1].fingerprint != settings[1].fingerprint);
}

}  // namespace crtune::analysis
