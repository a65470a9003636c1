#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/go_releases.hpp"
#include "tests/support/surveyed_image.hpp"

#include <doctest/doctest.h>

namespace crtune {

using model::Severity;

namespace {

// A static Go program with nothing to complain of.
model::Binary go_program() {
  model::Binary binary;
  binary.type = "executable";
  binary.machine = "amd64";
  binary.language = "go";
  binary.go.emplace();
  binary.go->version = "go1.27.2";
  binary.go->path = "example.com/server";
  binary.go->has_build_info = true;
  binary.go->settings = {{"-compiler", "gc"},  {"-pgo", "default.pgo"}, {"-trimpath", "true"},
                         {"CGO_ENABLED", "0"}, {"GOAMD64", "v1"},       {"vcs.modified", "false"}};
  return binary;
}

void set(model::Binary& binary, const std::string& name, const std::string& value) {
  for (auto& [key, old] : binary.go->settings)
    if (key == name) {
      old = value;
      return;
    }
  binary.go->settings.emplace_back(name, value);
}

test::SurveyedImage image_of(const model::Binary& binary) {
  test::SurveyedImage image = {.layers = {{{"app/server", std::string(5'000'000, 'x'), 0755}, {"tmp/"}}}};
  image.config.entrypoint = {"/app/server"};
  image.config.user = "65532:65532";
  image.binaries["app/server"] = binary;
  return image;
}

}  // namespace

TEST_CASE("a well-built Go program has nothing to be told of") {
  for (const auto& finding : image_of(go_program()).findings()) {
    CAPTURE(finding.rule);
    CHECK(finding.rule == "IMG207");
  }
}

TEST_CASE("each fault of a Go program has its rule") {
  struct Case {
    std::string rule;
    Severity severity;
    std::string text;  // that the message holds
    void (*change)(model::Binary&);
  };
  const std::vector<Case> cases = {
      {"BIN101", Severity::warning, "1.23 MB",
       [](auto& b) { b.stripped = false, b.strippable_bytes = 1'230'000; }},
      {"BIN102", Severity::info, "-trimpath", [](auto& b) { set(b, "-trimpath", "false"); }},
      {"BIN103", Severity::warning, "-race", [](auto& b) { set(b, "-race", "true"); }},
      {"BIN104", Severity::warning, "-gcflags=-N -l", [](auto& b) { set(b, "-gcflags", "all=-N -l"); }},
      {"BIN105", Severity::info, "C library",
       [](auto& b) {
         set(b, "CGO_ENABLED", "1");
         b.linkage = model::Linkage::dynamic;
         b.needed = {"libc.so.6"};
       }},
      {"BIN106", Severity::info, "GOAMD64=v3", [](auto& b) { set(b, "GOAMD64", "v3"); }},
      {"BIN106", Severity::warning, "GOAMD64=v4", [](auto& b) { set(b, "GOAMD64", "v4"); }},
      {"BIN107", Severity::info, "no commit", [](auto& b) { set(b, "vcs.modified", "true"); }},
      {"BIN108", Severity::warning, "2026-08-19", [](auto& b) { b.go->version = "go1.25.4"; }},
      {"BIN109", Severity::warning, "built by go1.24.1", [](auto& b) { b.go->version = "go1.24.1"; }},
      {"BIN109", Severity::warning, "containermaxprocs=0",
       [](auto& b) { set(b, "DefaultGODEBUG", "containermaxprocs=0,x509sha256skid=0"); }},
      {"BIN110", Severity::info, "profile", [](auto& b) { set(b, "-pgo", ""); }},
      {"BIN111", Severity::info, "through text/template",
       [](auto& b) {
         b.go->method_pruning_is_off = true;
         b.go->method_by_name_callers = {"text/template"};
       }},
      {"BIN112", Severity::info, "3.50 MB", [](auto& b) { b.go->embedded_bytes = 3'500'000; }},
      {"IMG203", Severity::warning, "UPX", [](auto& b) { b.packed_by_upx = true; }},
      {"BIN115", Severity::info, "the table is cut", [](auto& b) { b.notes = {"the table is cut"}; }},
      {"IMG309", Severity::error, "arm64", [](auto& b) { b.machine = "arm64"; }},
  };
  for (const auto& one : cases) {
    auto binary = go_program();
    one.change(binary);
    const auto found = image_of(binary).findings(one.rule);
    CAPTURE(one.rule);
    REQUIRE(found.size() == 1);
    CAPTURE(found[0].message);
    CHECK(found[0].severity == one.severity);
    CHECK(found[0].message.find(one.text) != std::string::npos);
    CHECK(found[0].path == "/app/server");
    CHECK(found[0].layer == 0);
    CHECK(!found[0].fix.empty());
  }
}

TEST_CASE("what a rule does not mean is not told") {
  auto binary = go_program();
  SUBCASE("cgo that links a library of its own") {
    set(binary, "CGO_ENABLED", "1");
    binary.linkage = model::Linkage::dynamic;
    binary.needed = {"libc.so.6", "libsqlite3.so.0"};
    CHECK(image_of(binary).findings("BIN105").empty());
  }
  SUBCASE("cgo with a C library compiled in") {
    set(binary, "CGO_ENABLED", "1");
    binary.linkage = model::Linkage::dynamic;
    binary.needed = {"libc.so.6"};
    binary.owners = {{model::OwnerKind::remainder, "C and assembly code", "", 1'000'000, 1'000'000}};
    CHECK(image_of(binary).findings("BIN105").empty());
  }
  SUBCASE("cgo with a C library that the C compiler linked") {
    set(binary, "CGO_ENABLED", "1");
    binary.linkage = model::Linkage::dynamic;
    binary.needed = {"libc.so.6"};
    binary.owners = {{model::OwnerKind::package, "main", "example.com/app", 9'000'000, 9'000'000},
                     {model::OwnerKind::section, ".text", "", 900'000, 900'000}};
    CHECK(image_of(binary).findings("BIN105").empty());
    binary.owners[1].text = 5'000;
    CHECK(image_of(binary).findings("BIN105").size() == 1);
  }
  SUBCASE("GOMAXPROCS of the image") {
    binary.go->version = "go1.24.1";
    auto image = image_of(binary);
    image.config.environment = {"GOMAXPROCS=2"};
    CHECK(image.findings("BIN109").empty());
  }
  SUBCASE("automaxprocs") {
    binary.go->version = "go1.24.1";
    binary.owners = {
        {model::OwnerKind::package, "go.uber.org/automaxprocs/maxprocs", "go.uber.org/automaxprocs", 9, 9}};
    CHECK(image_of(binary).findings("BIN109").empty());
  }
  SUBCASE("flags that look alike") {
    set(binary, "-gcflags", "-m -live");
    CHECK(image_of(binary).findings("BIN104").empty());
  }
  SUBCASE("a version that no table knows") {
    for (const auto* version : {"go1.28.0", "devel go1.28-abcdef", "go1.27rc1", "go2", "go1.99999999999"}) {
      binary.go->version = version;
      CHECK(image_of(binary).findings("BIN108").empty());
    }
  }
}

TEST_CASE("a Go release ends with the second after it") {
  using namespace analysis::rules;
  CHECK(go_support_end(25) == "2026-08-19");
  CHECK(go_support_end(26).empty());
  CHECK(go_support_end(4) == kGoReleases[1].date);
  auto binary = go_program();
  binary.go->version = "go1.25.0";
  auto image = image_of(binary);
  image.today = "2026-08-18";
  CHECK(image.findings("BIN108").empty());
  image.today = "2026-08-19";
  CHECK(image.findings("BIN108").size() == 1);
  CHECK(go_minor("go1.26.8") == 26);
  CHECK(go_minor("go1.27rc1") == 27);
  CHECK(!go_minor("devel +abc").has_value());
}

TEST_CASE("binaries that share a fault make one finding besides the program's") {
  auto binary = go_program();
  binary.stripped = false;
  binary.strippable_bytes = 100'000;
  auto image = image_of(binary);
  for (int i = 0; i < 4; ++i) {
    const std::string path = "opt/tool" + std::to_string(i);
    image.layers[0].push_back({path, std::string(10, static_cast<char>('a' + i)), 0755});
    binary.strippable_bytes += 50'000;
    image.binaries[path] = binary;
  }
  const auto found = image.findings("BIN101");
  REQUIRE(found.size() == 2);
  CHECK(found[0].path == "/opt/tool3");
  CHECK(found[0].bytes == 150'000 + 200'000 + 250'000 + 300'000);
  CHECK(found[0].message.find("3 more like it, 900 kB in all") != std::string::npos);
  CHECK(found[1].path == "/app/server");
}

TEST_CASE("how to strip depends on the language, and what flags hold is not repeated") {
  auto binary = go_program();
  binary.stripped = false;
  binary.strippable_bytes = 1'000'000;
  CHECK(image_of(binary).findings("BIN101")[0].fix ==
        "go build -trimpath -ldflags=\"-s -w\" example.com/server");
  set(binary, "-ldflags", "-X main.token=secret-value");
  CHECK(image_of(binary).findings("BIN101")[0].fix.find("secret-value") == std::string::npos);
  binary.go.reset();
  binary.language = "rust";
  CHECK(image_of(binary).findings("BIN101")[0].fix.find("strip = \"symbols\"") != std::string::npos);
  binary.language = "c++";
  CHECK(image_of(binary).findings("BIN101")[0].fix.find("strip -s /app/server") != std::string::npos);
}

TEST_CASE("copies are found by content and by build") {
  auto image = image_of(go_program());
  image.layers[0].push_back({"usr/bin/server", std::string(5'000'000, 'x'), 0755});
  image.binaries["usr/bin/server"] = go_program();
  auto found = image.findings("BIN113");
  REQUIRE(found.size() == 1);
  CHECK(found[0].bytes == 5'000'000);
  image.layers[0].back().content.back() = 'y';
  CHECK(image.findings("BIN113").empty());
  image.layers[0].pop_back();
  image.layers[0].push_back({"usr/bin/server => app/server"});
  CHECK(image.findings("BIN113").empty());
}

TEST_CASE("copies that a package brings are nobody's to leave out") {
  auto image = image_of(go_program());
  for (const auto* path : {"usr/bin/git", "usr/lib/git-core/git"}) {
    image.layers[0].push_back({path, std::string(3'000'000, 'x'), 0755});
    image.binaries[path] = go_program();
  }
  CHECK(image.findings("BIN113").empty());
  image.layers[0].push_back({"app/git", std::string(3'000'000, 'x'), 0755});
  CHECK(image.findings("BIN113").size() == 1);
}

TEST_CASE("binaries of the base image and packed ones beside the program") {
  auto binary = go_program();
  binary.packed_by_upx = true;
  auto image = image_of(go_program());
  image.layers.insert(image.layers.begin(), {{"usr/bin/tool", "tool", 0755}});
  image.binaries["usr/bin/tool"] = binary;
  CHECK(image.findings("BIN114").size() == 1);
  CHECK(image.findings("IMG203").empty());
  image.base_layers = 1;
  CHECK(image.findings("BIN114").empty());
  image.deep = true;
  CHECK(image.findings("BIN114").size() == 1);
}

TEST_CASE("a file that begins as ELF and is none is told and counted") {
  test::SurveyedImage image = {.layers = {{{"lib/broken.so",
                                            "\x7f"
                                            "ELF and no more",
                                            0755}}}};
  const auto found = image.findings("BIN115");
  REQUIRE(found.size() == 1);
  CHECK(found[0].bytes == 16);
  CHECK(found[0].path == "/lib/broken.so");
}

}  // namespace crtune
