#include "core/analysis/rules/shell_text.hpp"
#include "tests/support/surveyed_image.hpp"

#include <doctest/doctest.h>

namespace crtune {

using model::Severity;

namespace {

model::Binary program(const std::vector<std::string>& needed = {}, const std::string& loader = {}) {
  model::Binary binary;
  binary.type = "executable";
  binary.machine = "amd64";
  binary.needed = needed;
  binary.interpreter = loader;
  if (!loader.empty()) binary.linkage = model::Linkage::dynamic;
  return binary;
}

const std::string kLoader = "/lib64/ld-linux-x86-64.so.2";

// A dynamic program that starts.
test::SurveyedImage started() {
  test::SurveyedImage image = {.layers = {{{"app/server", "server", 0755},
                                           {"lib64/ld-linux-x86-64.so.2", "loader", 0755},
                                           {"usr/lib/libc.so.6", "libc"},
                                           {"tmp/"}}}};
  image.binaries["app/server"] = program({"libc.so.6"}, kLoader);
  image.binaries["lib64/ld-linux-x86-64.so.2"] = program();
  image.binaries["usr/lib/libc.so.6"] = program({"ld-linux-x86-64.so.2"});
  image.binaries["usr/lib/libc.so.6"].type = "shared library";
  image.config.entrypoint = {"/app/server"};
  image.config.user = "65532:65532";
  return image;
}

std::vector<model::Finding> errors(const test::SurveyedImage& image) {
  std::vector<model::Finding> found;
  for (auto& finding : image.findings())
    if (finding.severity == Severity::error) found.push_back(finding);
  return found;
}

// The one error that is told, as its rule; all of them in words where there are none or more.
std::string error_rule(const test::SurveyedImage& image) {
  std::string rules;
  for (const auto& finding : errors(image)) rules += (rules.empty() ? "" : " ") + finding.rule;
  return rules;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a container that starts has no errors, and what its start reads is told") {
  CHECK(errors(started()).empty());
  const auto found = started().findings("IMG207");
  REQUIRE(found.size() == 1);
  CHECK(found[0].bytes == 6 + 6 + 4);
  CHECK(holds(found[0].message, "3 files"));
  CHECK(holds(found[0].message, "does not affect container startup times"));
}

TEST_CASE("a shell as process 1") {
  auto image = started();
  image.layers[0].push_back({"bin/sh", "dash", 0755});
  const auto with = [&](const std::string& text) {
    image.config.entrypoint = {};
    image.config.command = {"/bin/sh", "-c", text};
    return image.findings("IMG201");
  };
  REQUIRE(with("node server.js").size() == 1);
  CHECK(with("node server.js")[0].fix == "CMD [\"node\", \"server.js\"]");
  CHECK(with("node server.js --port $PORT")[0].fix == "CMD exec node server.js --port $PORT");
  CHECK(with("migrate && node server.js").size() == 1);
  CHECK(with("exec node server.js").empty());
  CHECK(with("migrate && exec node server.js").empty());
  CHECK(with("A=1 exec node server.js").empty());
  CHECK(with("").empty());
  CHECK(!holds(with("TOKEN=abcdef node server.js")[0].fix, "abcdef"));
  image.config.command = {"/app/server", "-c", "x"};
  CHECK(image.findings("IMG201").empty());
}

TEST_CASE("bash replaces itself by a last command") {
  auto image = started();
  image.layers[0].push_back({"bin/bash", "bash", 0755});
  image.layers[0].push_back({"bin/sh -> bash"});
  image.config.entrypoint = {"sh", "-c", "node server.js"};
  CHECK(image.findings("IMG201")[0].severity == Severity::info);
  image.config.entrypoint[2] = "node server.js | tee log";
  CHECK(image.findings("IMG201")[0].severity == Severity::warning);
}

TEST_CASE("a package manager that starts the service") {
  auto image = started();
  image.layers[0].push_back(
      {"app/package.json", R"({"name": "a", "scripts": {"start": "node dist/main.js"}})"});
  image.config.working_directory = "/app";
  const auto with = [&](std::vector<std::string> words) {
    image.config.entrypoint = std::move(words);
    return image.findings("IMG202");
  };
  REQUIRE(with({"npm", "start"}).size() == 1);
  CHECK(with({"npm", "start"})[0].fix == "CMD [\"node\", \"dist/main.js\"]");
  CHECK(with({"/usr/local/bin/yarn", "run", "start"})[0].fix == "CMD [\"node\", \"dist/main.js\"]");
  CHECK(with({"sh", "-c", "exec npm run serve"}).size() == 1);
  CHECK(with({"tini", "-g", "--", "npm", "start"}).size() == 1);
  CHECK(with({"poetry", "run", "app"}).size() == 1);
  CHECK(with({"uv", "run", "app"}).size() == 1);
  CHECK(with({"node", "server.js"}).empty());
  CHECK(with({"npm-like"}).empty());
  CHECK(with({"sh", "-c", "exec node npm"}).empty());
  image.layers[0].push_back({"entry.sh", "#!/bin/sh\nexec \"$@\"\n", 0755});
  image.config.command = {"npm", "start"};
  CHECK(with({"/entry.sh"}).size() == 1);
}

TEST_CASE("no program") {
  auto image = started();
  image.config.entrypoint = {};
  CHECK(error_rule(image) == "IMG301");
  image.config.command = {"/app/servr"};
  CHECK(error_rule(image) == "IMG301");
  CHECK(holds(errors(image)[0].fix, "did you mean /app/server?"));
  image.config.command = {"server"};
  image.config.environment = {"PATH=/usr/bin:/bin"};
  CHECK(holds(errors(image)[0].fix, "/app/server"));
  image.config.environment = {"PATH=/usr/bin:/app"};
  CHECK(errors(image).empty());
  image.config.command = {"./server"};
  image.config.working_directory = "/app";
  CHECK(errors(image).empty());
  image.config.command = {"/bin/sh", "-c", "/app/absent --port 1"};
  image.layers[0].push_back({"bin/sh", "sh", 0755});
  image.binaries["bin/sh"] = program();
  CHECK(error_rule(image) == "IMG301");
  image.config.command[2] = "test -f /app/absent && /app/absent";
  CHECK(errors(image).empty());
}

TEST_CASE("a program behind links is found") {
  auto image = started();
  image.layers[0].push_back({"usr/bin/server -> ../../app/server"});
  image.layers[0].push_back({"bin -> usr/bin"});
  image.config.entrypoint = {"/bin/server"};
  CHECK(errors(image).empty());
  image.config.entrypoint = {"server"};
  CHECK(errors(image).empty());
}

TEST_CASE("who may execute the program") {
  auto image = started();
  const auto with = [&](std::uint16_t mode, const std::string& user) {
    image.layers[0][0].mode = mode;
    image.config.user = user;
    return error_rule(image);
  };
  CHECK(with(0644, "65532") == "IMG302");
  CHECK(with(0644, "root") != "");
  CHECK(with(0700, "65532") == "IMG302");
  CHECK(with(0700, "0") == "");
  CHECK(with(0750, "65532:0") == "");
  CHECK(with(0750, "65532:7") == "IMG302");
  CHECK(with(0755, "65532") == "");
  image.layers[0].push_back({"app/", "", 0700});
  CHECK(with(0755, "65532") == "IMG302");
  CHECK(with(0755, "0") == "");
}

TEST_CASE("a runtime passes over files of PATH that nobody may execute") {
  auto image = started();
  image.layers[0].push_back({"usr/local/bin/server", "not this one", 0644});
  image.config.entrypoint = {"server"};
  image.config.environment = {"PATH=/usr/local/bin:/app"};
  CHECK(errors(image).empty());
  image.config.environment = {"PATH=/usr/local/bin"};
  CHECK(holds(error_rule(image), "IMG302"));
}

TEST_CASE("loaders and interpreters that are not there") {
  auto image = started();
  image.layers[0].erase(image.layers[0].begin() + 1);
  image.layers[0].erase(image.layers[0].begin() + 1);
  SUBCASE("a loader, with the libraries it would look for not told as well") {
    CHECK(error_rule(image) == "IMG303");
    CHECK(holds(errors(image)[0].message, kLoader));
  }
  SUBCASE("cgo") {
    auto& binary = image.binaries["app/server"];
    binary.go.emplace();
    binary.go->settings = {{"CGO_ENABLED", "1"}};
    CHECK(holds(errors(image)[0].message, "CGO_ENABLED=1"));
    CHECK(errors(image)[0].fix.starts_with("CGO_ENABLED=0 go build"));
  }
  SUBCASE("glibc's program on musl") {
    image.layers[0].push_back({"lib/ld-musl-x86_64.so.1", "musl", 0755});
    CHECK(holds(errors(image)[0].message, "linked for glibc"));
  }
  SUBCASE("another executable's loader") {
    image.config.entrypoint = {"/app/fine"};
    image.layers[0].push_back({"app/fine", "fine", 0755});
    image.binaries["app/fine"] = program();
    CHECK(errors(image).empty());
    CHECK(image.findings("IMG303")[0].severity == Severity::warning);
  }
}

TEST_CASE("the first line of a script") {
  auto image = started();
  image.layers[0].push_back({"bin/sh", "sh", 0755});
  image.layers[0].push_back({"usr/bin/env", "env", 0755});
  image.binaries["bin/sh"] = image.binaries["usr/bin/env"] = program();
  image.config.entrypoint = {"/start"};
  const auto with = [&](const std::string& text) {
    auto copy = image;
    copy.layers[0].push_back({"start", text, 0755});
    return error_rule(copy);
  };
  CHECK(with("#!/bin/sh\nexec /app/server\n") == "");
  CHECK(with("#! /bin/sh -e\n") == "");
  CHECK(with("#!/usr/bin/env sh\n") == "");
  CHECK(with("#!/usr/bin/env -S sh -e\n") == "");
  CHECK(with("#!/usr/bin/env -i A=1 sh\n") == "");
  CHECK(with("#!/bin/bash\n") == "IMG303");
  CHECK(with("#!/usr/bin/env bash\n") == "IMG303");
  CHECK(with("#!/bin/sh\r\nexec /app/server\r\n") == "IMG303");
  CHECK(with("exec /app/server\n") == "IMG309");
  CHECK(with(std::string("MZ\0\0", 4) + std::string(600, '\0')) == "IMG309");
}

TEST_CASE("libraries that are not there") {
  auto image = started();
  image.binaries["app/server"].needed.push_back("libfoo.so.1");
  CHECK(error_rule(image) == "IMG304");
  SUBCASE("there, where the loader does not look") {
    image.layers[0].push_back({"opt/foo/libfoo.so.1", "foo"});
    CHECK(error_rule(image) == "IMG304");
    CHECK(holds(errors(image)[0].fix, "LD_LIBRARY_PATH=/opt/foo"));
    image.config.environment = {"LD_LIBRARY_PATH=/opt/foo"};
    CHECK(errors(image).empty());
  }
  SUBCASE("or where ldconfig may have been told to look") {
    image.layers[0].push_back({"opt/foo/libfoo.so.1", "foo"});
    image.layers[0].push_back({"etc/ld.so.cache", "cache"});
    CHECK(errors(image).empty());
    CHECK(image.findings("IMG304")[0].severity == Severity::warning);
  }
  SUBCASE("found by RUNPATH") {
    image.layers[0].push_back({"app/lib/libfoo.so.1", "foo"});
    image.binaries["app/server"].runpath = "$ORIGIN/lib";
    CHECK(errors(image).empty());
  }
  SUBCASE("the program's RPATH holds for the libraries of its libraries, RUNPATH does not") {
    image.layers[0].push_back({"app/lib/libfoo.so.1", "foo"});
    image.layers[0].push_back({"app/lib/libbar.so.1", "bar"});
    image.binaries["app/lib/libfoo.so.1"] = program({"libbar.so.1"});
    image.binaries["app/server"].rpath = "$ORIGIN/lib";
    CHECK(errors(image).empty());
    image.binaries["app/server"].rpath = "";
    image.binaries["app/server"].runpath = "$ORIGIN/lib";
    CHECK(error_rule(image) == "IMG304");
  }
  SUBCASE("of another executable it is a warning, of a plugin whose need is somewhere nothing") {
    image.binaries["app/server"].needed.pop_back();
    image.layers[0].push_back({"app/tool", "tool", 0755});
    image.layers[0].push_back({"app/plugin.so", "plugin"});
    image.binaries["app/plugin.so"] = program({"libfoo.so.1"});
    image.binaries["app/plugin.so"].type = "shared library";
    CHECK(image.findings("IMG304")[0].severity == Severity::info);
    image.binaries["app/tool"] = program({"libfoo.so.1"}, kLoader);
    CHECK(errors(image).empty());
    CHECK(image.findings("IMG304")[0].severity == Severity::warning);
    image.layers[0].push_back({"opt/libfoo.so.1", "foo"});
    image.binaries.erase("app/tool");
    CHECK(image.findings("IMG304").empty());
  }
}

TEST_CASE("CA certificates") {
  auto image = started();
  auto& binary = image.binaries["app/server"];
  binary.go.emplace();
  binary.owners = {{model::OwnerKind::package, "crypto/tls", "std", 10, 10}};
  CHECK(image.findings("IMG305").size() == 1);
  CHECK(image.findings("IMG305")[0].severity == Severity::warning);
  SUBCASE("in the image") {
    image.layers[0].push_back({"etc/ssl/certs/ca-certificates.crt", "bundle"});
    CHECK(image.findings("IMG305").empty());
  }
  SUBCASE("named") {
    image.config.environment = {"SSL_CERT_FILE=/mnt/roots.pem"};
    CHECK(image.findings("IMG305").empty());
  }
  SUBCASE("linked") {
    binary.owners.push_back(
        {model::OwnerKind::package, "golang.org/x/crypto/x509roots/fallback", "golang.org/x/crypto", 9, 0});
    CHECK(image.findings("IMG305").empty());
  }
  SUBCASE("not needed") {
    binary.owners.clear();
    CHECK(image.findings("IMG305").empty());
  }
}

TEST_CASE("time zones") {
  auto image = started();
  const auto with = [&](const std::string& variable) {
    image.config.environment = {variable};
    return image.findings("IMG306").size();
  };
  CHECK(with("TZ=Europe/Berlin") == 1);
  CHECK(with("TZ=UTC") == 0);
  CHECK(with("TZ=CET-1CEST") == 0);
  CHECK(with("A=b") == 0);
  image.layers[0].push_back({"usr/share/zoneinfo/Europe/Berlin", "TZif"});
  CHECK(with("TZ=Europe/Berlin") == 0);
  CHECK(with("TZ=Europe/Berln") == 1);
  image.binaries["app/server"].owners = {{model::OwnerKind::package, "time/tzdata", "std", 10, 0}};
  CHECK(with("TZ=Europe/Paris") == 0);
}

TEST_CASE("users and groups that nobody knows") {
  auto image = started();
  image.layers[0].push_back({"etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1000::/:/bin/false\n"});
  image.layers[0].push_back({"etc/group", "root:x:0:\nweb:x:33:app\n"});
  const auto with = [&](const std::string& user) {
    image.config.user = user;
    return error_rule(image);
  };
  for (const auto* good : {"", "root", "app", "1000", "4711", "app:web", "4711:33", "4711:4711"}) {
    CAPTURE(good);
    CHECK(with(good) == "");
  }
  CHECK(with("ap") == "IMG307");
  CHECK(with("app:www") == "IMG307");
  CHECK(with("ap:www") == "IMG307 IMG307");
  image.layers[0].pop_back();
  image.layers[0].pop_back();
  CHECK(with("app") == "IMG307");
  CHECK(with("65532:65532") == "");
}

TEST_CASE("a folder for temporary files") {
  auto image = started();
  CHECK(image.findings("IMG308").empty());
  image.config.environment = {"TMPDIR=/scratch"};
  CHECK(image.findings("IMG308")[0].severity == Severity::warning);
  image.config.environment = {};
  image.layers[0].pop_back();
  REQUIRE(image.findings("IMG308").size() == 1);
  CHECK(image.findings("IMG308")[0].severity == Severity::info);
}

TEST_CASE("images and programs of other platforms") {
  auto image = started();
  image.config.platform = "linux/arm64";
  CHECK(error_rule(image) == "IMG309");
  image.config.platform = "linux/amd64";
  image.binaries["app/server"].machine = "arm64";
  CHECK(error_rule(image) == "IMG309");
  image.binaries["app/server"].machine = "386";
  CHECK(errors(image).empty());
  CHECK(image.findings("IMG309").size() == 1);
  image.binaries["app/server"].machine = "amd64";
  image.layers[0].push_back({"app/tool", "tool", 0755});
  image.binaries["app/tool"] = program();
  image.binaries["app/tool"].machine = "arm64";
  CHECK(image.findings("BIN106").size() == 1);
}

TEST_CASE("what a shell's text runs") {
  using analysis::rules::read_shell_text;
  const auto read = read_shell_text("A=1 B='x y' exec /app/server --flag 2>&1");
  CHECK(read.execs);
  CHECK(read.sets_variables);
  CHECK(read.commands == 1);
  CHECK(!read.pipes);
  CHECK(read.words[0] == "/app/server");
  CHECK(read_shell_text("a | b").pipes);
  CHECK(read_shell_text("a & b").pipes);
  CHECK(read_shell_text("a || b; c").commands == 3);
  CHECK(read_shell_text("").commands == 0);
  CHECK(!read_shell_text("if x").is_plain);
  CHECK(!read_shell_text("echo 'a; b' \\").is_plain);
  CHECK(read_shell_text("echo 'a; b").commands == 1);
  CHECK(analysis::rules::json_form({"a\"b", "\x1b"}) == "[\"a\\\"b\", \"\\x1b\"]");
}

}  // namespace crtune
