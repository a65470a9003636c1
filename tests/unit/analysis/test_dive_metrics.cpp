#include "core/analysis/dive_metrics.hpp"
#include "tests/support/image_in_memory.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace crtune;
using test::Item;
using test::Items;

namespace {

model::DiveMetrics metrics_of(const std::vector<Items>& layers) {
  const test::ImageInMemory built(layers);
  return analysis::dive_metrics(built.image);
}

Item sized(const std::string& path, std::uint64_t size) {
  return {.path = path, .size = size};
}

}  // namespace

TEST_CASE("dive counts every copy of a rewritten file") {
  const auto m = metrics_of({{sized("x", 100)}, {sized("x", 100)}});
  CHECK(m.efficiency == 0.5);
  CHECK(m.wasted_bytes == 200);
  CHECK(m.user_wasted_percent == 2.0);
}

TEST_CASE("dive sees a deleted file, and its percentage becomes infinite") {
  const auto m = metrics_of({{sized("a/x", 100)}, {sized("a/.wh.x", 0)}});
  CHECK(m.efficiency == 0);
  CHECK(m.wasted_bytes == 100);
  CHECK(std::isinf(m.user_wasted_percent));
}

TEST_CASE("dive does not see a deleted folder or an opaque one") {
  auto m = metrics_of({{sized("a/", 0), sized("a/x", 100)}, {sized(".wh.a", 0)}});
  CHECK(m.efficiency == 1.0);
  CHECK(m.wasted_bytes == 0);
  m = metrics_of({{sized("a/x", 100)}, {sized("a/.wh..wh..opq", 0), sized("a/y", 10)}});
  CHECK(m.efficiency == 1.0);
  CHECK(m.wasted_bytes == 0);
  CHECK(m.user_wasted_percent == 0);
}

TEST_CASE("dive gives up on a layer at a whiteout of something unknown") {
  const auto m =
      metrics_of({{sized("a/x", 100)}, {sized("a/.wh.nope", 0), sized("b", 50)}, {sized("b", 50)}});
  CHECK(m.efficiency == doctest::Approx(0.9933).epsilon(0.0001));
  CHECK(m.wasted_bytes == 0);
}

TEST_CASE("a whiteout in the lowest layer ends that layer") {
  const auto m = metrics_of({{sized(".wh.z", 0), sized("zz", 7)}, {sized("zz", 7)}});
  CHECK(m.efficiency == doctest::Approx(0.857).epsilon(0.001));
  CHECK(m.wasted_bytes == 0);
}

TEST_CASE("dive does not care for order, links or repetition") {
  CHECK(metrics_of({{sized("x", 10)}, {sized("x", 100)}}).efficiency == doctest::Approx(10.0 / 110));
  CHECK(metrics_of({{sized("x", 100)}, {sized("x", 10)}}).wasted_bytes == 110);
  CHECK(metrics_of({{sized("x", 100)}, {{.path = "x -> y"}}}).wasted_bytes == 100);
  CHECK(metrics_of({{sized("x", 100)}, {sized("y", 100)}}).efficiency == 1.0);
  const auto twice = metrics_of({{sized("x", 100), sized("x", 100)}});
  CHECK(twice.efficiency == 1.0);
  CHECK(twice.size_bytes == 200);
}

TEST_CASE("a file that comes back counts its copies") {
  const auto m = metrics_of({{sized("x", 100)}, {sized(".wh.x", 0)}, {sized("x", 100)}});
  CHECK(m.efficiency == 0);
  CHECK(m.wasted_bytes == 200);
}

TEST_CASE("empty folders give a percentage that is no number") {
  const auto m = metrics_of({{sized("e/", 0)}, {sized("e/", 0)}});
  CHECK(m.efficiency == 1.0);
  CHECK(std::isnan(m.user_wasted_percent));
}

TEST_CASE("folders that no entry names are no folders to dive") {
  const auto m = metrics_of({{sized("etc/nginx/nginx.conf", 2000), sized("etc/nginx/public", 3000)},
                             {sized("etc/nginx/nginx.conf", 5000), sized("etc/athing", 10000)},
                             {sized("etc/.wh.nginx", 0)}});
  CHECK(m.efficiency == 0.75);
}
