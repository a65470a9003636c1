#include "tests/support/surveyed_image.hpp"

#include <doctest/doctest.h>

namespace crtune {

using model::Severity;

namespace {

constexpr std::int64_t kTime = 1'700'000'000;

std::string little_endian(std::uint64_t value) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
  return bytes;
}

std::string pyc(std::uint32_t flags, std::uint64_t time, std::uint64_t size) {
  return std::string("\xcb\x0d\x0d\x0a", 4) + little_endian(flags) + little_endian(time) +
         little_endian(size) + std::string(100, '\xe3');
}

// One module with its .pyc in a __pycache__.
test::SurveyedImage module_with(const std::string& bytecode, std::int64_t time = kTime) {
  return {.layers = {{{"app/m.py", "x = 1\n", 0644, UINT64_MAX, time},
                      {"app/__pycache__/m.cpython-312.pyc", bytecode}}}};
}

test::SurveyedImage python_image(const std::string& packages, int modules, bool compiled) {
  test::SurveyedImage image = {.layers = {{{"usr/bin/python3.11", "p", 0755}}}};
  image.config.entrypoint = {"python3.11", "/app/main.py"};
  for (int i = 0; i < modules; ++i) {
    const std::string name = "m" + std::to_string(i);
    image.layers[0].push_back({packages + name + ".py", "x = 1\n", 0644, UINT64_MAX, kTime});
    if (compiled)
      image.layers[0].push_back({packages + "__pycache__/" + name + ".cpython-311.pyc", pyc(0, kTime, 6)});
  }
  return image;
}

}  // namespace

TEST_CASE("a .pyc is stale where the time or the size is another one") {
  CHECK(module_with(pyc(0, kTime, 6)).findings("IMG204").empty());
  CHECK(module_with(pyc(0, kTime + 1, 6)).findings("IMG204").size() == 1);
  CHECK(module_with(pyc(0, kTime, 7)).findings("IMG204").size() == 1);
  // By hash, checked or not, times say nothing.
  CHECK(module_with(pyc(1, kTime + 1, 7)).findings("IMG204").empty());
  CHECK(module_with(pyc(3, kTime + 1, 7)).findings("IMG204").empty());
  // Times are kept modulo 2^32.
  CHECK(module_with(pyc(0, 5, 6), (std::int64_t{1} << 32) + 5).findings("IMG204").empty());
  CHECK(module_with("short").findings("IMG204").empty());
}

TEST_CASE("stale files are counted, and what is no longer there is not") {
  auto image = module_with(pyc(0, kTime + 1, 6));
  image.layers[0].push_back({"app/n.py", "y", 0644, UINT64_MAX, kTime});
  image.layers[0].push_back({"app/__pycache__/n.cpython-312.opt-1.pyc", pyc(0, kTime + 1, 1)});
  image.layers[0].push_back({"app/__pycache__/gone.cpython-312.pyc", pyc(0, kTime + 1, 1)});
  const auto found = image.findings("IMG204");
  REQUIRE(found.size() == 1);
  CHECK(found[0].bytes == 2 * 116);
  CHECK(found[0].message.find("of 2 .pyc files checked") != std::string::npos);
  image.layers.push_back({{"app/__pycache__/.wh..wh..opq"}});
  CHECK(image.findings("IMG204").empty());
}

TEST_CASE("a source that a later layer touches makes its .pyc stale") {
  auto image = module_with(pyc(0, kTime, 6));
  image.layers.push_back({{"app/m.py", "x = 1\n", 0600, UINT64_MAX, kTime + 9}});
  CHECK(image.findings("IMG204").size() == 1);
}

TEST_CASE("packages without .pyc are told, with the reason that keeps them so") {
  const std::string packages = "usr/lib/python3.11/site-packages/p/";
  CHECK(python_image(packages, 30, true).findings("IMG205").empty());
  CHECK(python_image(packages, 3, false).findings("IMG205").empty());
  auto image = python_image(packages, 30, false);
  auto found = image.findings("IMG205");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].message.find("30 of 30") != std::string::npos);
  CHECK(found[0].fix.ends_with("/usr/lib/python3.11/site-packages"));
  image.config.environment = {"PYTHONDONTWRITEBYTECODE=1"};
  CHECK(image.findings("IMG205")[0].message.find("PYTHONDONTWRITEBYTECODE") != std::string::npos);
  image.config.environment = {"PYTHONPYCACHEPREFIX=/cache"};
  CHECK(image.findings("IMG205").empty());
  image.config.environment = {};
  image.config.entrypoint = {"/bin/other"};
  CHECK(image.findings("IMG205")[0].severity == Severity::info);
}

TEST_CASE("a .pyc of another Python does not count, nor do tests as modules") {
  CHECK(python_image("usr/lib/python3.12/site-packages/p/", 30, true).findings("IMG205").size() == 1);
  CHECK(python_image("usr/lib/python3.11/site-packages/p/tests/", 30, false).findings("IMG205").empty());
}

TEST_CASE("a class archive is out of date where a jar is newer") {
  test::SurveyedImage image = {.layers = {{{"usr/bin/java", "j", 0755},
                                           {"app/app.jar", "jar", 0644, UINT64_MAX, kTime},
                                           {"app/app.jsa", "archive", 0644, UINT64_MAX, kTime + 5}}}};
  image.config.entrypoint = {"java", "-XX:SharedArchiveFile=/app/app.jsa", "-jar", "/app/app.jar"};
  CHECK(image.findings("IMG206").empty());
  image.layers[0][1].mtime = kTime + 6;
  const auto found = image.findings("IMG206");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].path == "/app/app.jsa");
}

TEST_CASE("a class archive that is named and not there, and none at all") {
  test::SurveyedImage image = {.layers = {{{"usr/bin/java", "j", 0755}, {"app/app.jar", "jar"}}}};
  image.config.entrypoint = {"java", "-jar", "/app/app.jar"};
  REQUIRE(image.findings("IMG206").size() == 1);
  CHECK(image.findings("IMG206")[0].severity == Severity::info);
  image.config.environment = {"JAVA_TOOL_OPTIONS=-Xmx64m -XX:SharedArchiveFile=/app/none.jsa"};
  REQUIRE(image.findings("IMG206").size() == 1);
  CHECK(image.findings("IMG206")[0].severity == Severity::warning);
  image.config.environment = {"JAVA_TOOL_OPTIONS=-XX:AOTCache=/app/app.aot"};
  CHECK(image.findings("IMG206").empty());
  image.config.entrypoint = {"/app/app.jar"};
  image.config.environment = {};
  CHECK(image.findings("IMG206").empty());
}

}  // namespace crtune
