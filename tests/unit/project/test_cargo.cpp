#include "tests/unit/project/native_detection.hpp"

#include <doctest/doctest.h>

using namespace crtune;
using model::ServiceKind;
using test::detect_native;
using test::proves;

namespace {

const std::string kServer = "fn main() { TcpListener::bind(\"0.0.0.0:8080\"); }\n";
const std::string kTool = "fn main() {}\n";

std::string package(const std::string& name, const std::string& more = "") {
  return "[package]\nname = \"" + name + "\"\n" + more;
}

}  // namespace

TEST_CASE("programs of a package: src/main.rs, src/bin and [[bin]]") {
  const auto one = detect_native({{"Cargo.toml", package("app")}, {"src/main.rs", kServer}});
  CHECK(one.main == "app");
  CHECK(one.rust->package == "app");
  CHECK(proves(one, "main: app, the only program", "src/main.rs", 1));
  const auto several = detect_native({{"Cargo.toml", package("app")},
                                      {"src/main.rs", kTool},
                                      {"src/bin/api.rs", kServer},
                                      {"src/bin/worker/main.rs", kTool}});
  CHECK(several.main == "api");
  CHECK(several.kind == ServiceKind::service);
  const auto by_default = detect_native(
      {{"Cargo.toml", package("app", "default-run = \"web\"\n[[bin]]\nname = \"web\"\npath = \"web.rs\"\n")},
       {"web.rs", kServer},
       {"src/bin/other.rs", kServer}});
  CHECK(by_default.main == "web");
  CHECK(proves(by_default, "main: web", "Cargo.toml", 4));
  const auto library = detect_native({{"Cargo.toml", package("app")}, {"src/lib.rs", ""}});
  CHECK(library.kind == ServiceKind::library);
  const auto hidden = detect_native({{"Cargo.toml", package("app", "autobins = false\n")},
                                     {"src/main.rs", kServer},
                                     {"src/bin/a.rs", kServer}});
  CHECK(hidden.kind == ServiceKind::library);
}

TEST_CASE("workspaces") {
  const test::Tree tree = {
      {"Cargo.toml",
       "[workspace]\nmembers = [\"crates/*\", \"xtask\"]\nexclude = "
       "[\"crates/old\"]\n[workspace.package]\nrust-version = \"1.80\"\n"
       "[workspace.dependencies]\ncore = { path = \"crates/core\" }\n"},
      {"Cargo.lock", "version = 3\n"},
      {"crates/web/Cargo.toml",
       package("web", "rust-version.workspace = true\n[dependencies]\ncore.workspace = true\n")},
      {"crates/web/src/main.rs", "fn main() { core::serve() }\n"},
      {"crates/core/Cargo.toml", package("core")},
      {"crates/core/src/lib.rs", "pub fn serve() { TcpListener::bind(\"0.0.0.0:4444\"); }\n"},
      {"crates/cli/Cargo.toml", package("cli")},
      {"crates/cli/src/main.rs", kTool},
      {"crates/old/Cargo.toml", package("old")},
      {"crates/old/src/main.rs", kServer},
      {"xtask/Cargo.toml", package("xtask")},
      {"xtask/src/main.rs", kServer}};
  const auto project = detect_native(tree);
  CHECK(project.main == "web");
  CHECK(project.rust->package == "web");
  CHECK(project.port.number == 4444);
  CHECK(project.version == "1.80");
  CHECK(proves(project, "port: 4444", "crates/core/src/lib.rs", 1));
  CHECK(project.rust->image_version == "1.80");
  CHECK(detect_native(tree, "cli").kind == ServiceKind::cli);

  auto member = tree;
  member["svc/Cargo.toml"] = package("svc", "[dependencies]\ncore = { path = \"../crates/core\" }\n");
  const auto two = detect_native({{"Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n"},
                                  {"a/Cargo.toml", package("a")},
                                  {"a/src/main.rs", kServer},
                                  {"b/Cargo.toml", package("b")},
                                  {"b/src/main.rs", kServer}});
  CHECK(two.choices == std::vector<std::string>{"a", "b"});
}

TEST_CASE("versions, lock files and profiles decide the image") {
  const auto make = [](const std::string& manifest, test::Tree more) {
    more["Cargo.toml"] = package("app", manifest);
    more["src/main.rs"] = kServer;
    return detect_native(std::move(more));
  };
  const auto pinned = make(
      "", {{"rust-toolchain.toml", "[toolchain]\nchannel = \"1.84.1\"\n"}, {"Cargo.lock", "version = 4\n"}});
  CHECK(pinned.version == "1.84.1");
  CHECK(pinned.version_source == "rust-toolchain.toml");
  CHECK(pinned.rust->image_version == "1.84.1");
  CHECK(pinned.rust->has_lock);
  CHECK(make("", {{"rust-toolchain", "1.83\n"}}).version == "1.83");
  const auto nightly = make("", {{"rust-toolchain", "nightly-2025-01-01\n"}});
  CHECK(nightly.rust->image_version == "1");
  CHECK(make("rust-version = \"1.60\"\n", {}).rust->image_version == "1");
  CHECK(make("rust-version = \"1.75\"\n", {{"Cargo.lock", "# x\nversion = 4\n"}}).rust->image_version == "1");
  CHECK(make("rust-version = \"1.75\"\n", {{"Cargo.lock", "# x\nversion = 3\n"}}).rust->image_version ==
        "1.75");
  const auto bare = make("", {});
  CHECK(bare.rust->image_version == "1");
  CHECK_FALSE(bare.rust->has_lock);
  CHECK(bare.notes.size() == 1);
  CHECK(bare.rust->profile.size() == 3);
  CHECK(make("[profile.release]\nlto = \"thin\"\ncodegen-units = 8\n", {}).rust->profile.size() == 1);
}

TEST_CASE("crates with C code") {
  const auto with = [](const std::string& lock, const std::string& manifest = "") {
    return detect_native({{"Cargo.toml", package("app", manifest)},
                          {"src/main.rs", kServer},
                          {"Cargo.lock", "version = 4\n" + lock}});
  };
  const auto tls = with("name = \"openssl-sys\"\n");
  CHECK(tls.rust->packages == std::vector<std::string>{"libssl-dev", "pkg-config"});
  CHECK(tls.rust->build_variables.front().first == "OPENSSL_STATIC");
  CHECK_FALSE(tls.rust->linking.dynamic);
  CHECK(proves(tls, "crate: openssl-sys", "Cargo.lock", 2));
  CHECK(with("name = \"openssl-src\"\nname = \"openssl-sys\"\n").rust->build_variables.empty());
  CHECK(with("name = \"pq-sys\"\n").rust->linking.dynamic);
  CHECK(with("name = \"libsqlite3-sys\"\n").rust->linking.dynamic);
  CHECK_FALSE(with("name = \"libsqlite3-sys\"\n",
                   "[dependencies]\nrusqlite = { version = \"0.31\", features = [\"bundled\"] }\n")
                  .rust->linking.dynamic);
}

TEST_CASE("only crates that the program reaches count") {
  const test::Tree tree = {
      {"Cargo.toml", "[workspace]\nmembers = [\"a\", \"b\"]\n"},
      {"Cargo.lock",
       "version = 4\n[[package]]\nname = \"a\"\ndependencies = [\n \"x 1.0.0\",\n]\n[[package]]\nname = "
       "\"b\"\n"
       "dependencies = [\n \"pq-sys\",\n]\n[[package]]\nname = \"pq-sys\"\n[[package]]\nname = \"x\"\n"
       "dependencies = [\n \"a\",\n \"openssl-sys\",\n]\n[[package]]\nname = \"openssl-sys\"\n"},
      {"a/Cargo.toml", package("a")},
      {"a/src/main.rs", kServer},
      {"b/Cargo.toml", package("b")},
      {"b/src/main.rs", kServer}};
  CHECK_FALSE(detect_native(tree, "a").rust->linking.dynamic);
  CHECK(detect_native(tree, "a").rust->packages == std::vector<std::string>{"libssl-dev", "pkg-config"});
  CHECK(detect_native(tree, "b").rust->linking.dynamic);
}

TEST_CASE("wrong manifests are told with their place") {
  const auto bad = test::try_detect({{"Cargo.toml", "[package\n"}});
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().code == base::ErrorCode::invalid);
  CHECK(bad.error().place.line == 1);
  CHECK(detect_native({{"Cargo.toml", "[package]\nname = 3\n[[bin]]\nname = 4\n"}}).kind ==
        ServiceKind::library);
  CHECK(detect_native({{"Cargo.toml", "package = 1\nworkspace = 2\nbin = 3\n"}}).kind ==
        ServiceKind::library);
  CHECK(
      detect_native({{"Cargo.toml", "[workspace]\nmembers = [\"../..\", \"/etc\", \"**\", \".\"]\n"}}).kind ==
      ServiceKind::library);
}

TEST_CASE("Meson's programs") {
  const auto project =
      detect_native({{"meson.build",
                      "project('status', ['c', 'cpp'],\n  default_options: ['cpp_std=c++17'])\n# x\ncurl = "
                      "dependency('libcurl')\n"
                      "lib = static_library('net', 'net.cpp')\ntests = executable('unit', "
                      "'t.cpp')\ntest('unit', tests)\nsubdir('src')\n"},
                     {"src/meson.build",
                      "src = ['main.cpp']\nexecutable('statusd', src, link_with: lib,\n dependencies: "
                      "[curl], install: true)\n"},
                     {"net.cpp", "void serve() { bind(s, a, n); listen(s, 5); a.sin_port = htons(7000); }\n"},
                     {"src/main.cpp", "int main() { serve(); }\n"}});
  CHECK(project.main == "statusd");
  CHECK(project.language == "c++");
  CHECK(project.version == "17");
  CHECK(project.port.number == 7000);
  CHECK(project.native_build->packages == std::vector<std::string>{"libcurl4-openssl-dev", "pkg-config"});
  CHECK(project.native_build->linking.dynamic);
  CHECK(proves(project, "main: statusd", "src/meson.build", 2));
}

TEST_CASE("make and configure are told what is missing") {
  const auto make = detect_native({{"Makefile", "all:\n"}, {"src/server.c", "int main(void) {}"}});
  CHECK(make.language == "c");
  CHECK_FALSE(make.refusal.empty());
  CHECK_FALSE(make.hint.empty());
  CHECK(detect_native({{"Makefile", "all:\n"}, {"README", ""}}).language.empty());
}
