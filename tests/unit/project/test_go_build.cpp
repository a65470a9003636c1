// What a Go program's build needs: C code, tags and link flags, private modules, workspaces, front ends.
#include "core/project/detect.hpp"
#include "core/project/makefile.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace crtune;

namespace {

using Tree = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

model::Project detect(Tree tree, const std::string& folder = "/p") {
  Tree placed;
  for (auto& [name, text] : tree) placed["/p/" + name] = std::move(text);
  if (folder == "/p") placed.try_emplace("/p/go.mod", "module example.com/shop\n\ngo 1.26\n");
  test::MemoryFiles files(std::move(placed));
  auto project = project::detect(files, folder, {});
  REQUIRE(project.has_value());
  return *project;
}

std::string serving(const std::string& imports = "", const std::string& more = "") {
  return "package main\nimport (\n\"net/http\"\n" + imports + ")\n" + more +
         "func main() { http.ListenAndServe(\":8080\", nil) }\n";
}

// The line that proves a fact that begins with `start`.
std::string place_of(const model::Project& project, const std::string& start) {
  for (const auto& row : project.evidence)
    if (row.fact.starts_with(start)) return row.file + ":" + std::to_string(row.line);
  return {};
}

}  // namespace

TEST_CASE("C code is linked into the program where that is safe") {
  const auto sqlite = detect({{"main.go", serving("_ \"github.com/mattn/go-sqlite3\"\n")}});
  CHECK(sqlite.cgo);
  CHECK(sqlite.refusal.empty());
  CHECK_FALSE(sqlite.native.dynamic);
  CHECK(sqlite.build_tags == Names{"sqlite_omit_load_extension", "netgo", "osusergo"});
  const auto own = detect({{"main.go", serving("\"C\"\n")}, {"add.c", "int add(void) { return 1; }\n"}});
  CHECK(own.cgo);
  CHECK_FALSE(own.native.dynamic);
  CHECK(own.build_inputs.empty());  // a C file may include anything
  const auto cxx = detect({{"main.go", serving("\"C\"\n")}, {"add.cpp", "int add() { return 1; }\n"}});
  CHECK(cxx.native.cxx);
}

TEST_CASE("C code that needs shared libraries says why") {
  const auto plugin = detect({{"main.go", serving("\"plugin\"\n")}});
  CHECK(plugin.native.dynamic);
  CHECK(plugin.native.reason == "plugin: it loads shared libraries while it runs");
  CHECK(std::find(plugin.build_tags.begin(), plugin.build_tags.end(), "netgo") == plugin.build_tags.end());
  const auto names =
      detect({{"main.go", serving("\"C\"\n")}, {"look.c", "void f(void) { getaddrinfo(0, 0, 0, 0); }\n"}});
  CHECK(names.native.reason == "look.c calls getaddrinfo");
  const auto zlib =
      detect({{"main.go",
               "package main\n\n// #cgo windows LDFLAGS: -lnothing\n// #cgo LDFLAGS: -lz -lm\n"
               "import \"C\"\nimport \"net/http\"\nfunc main() { http.ListenAndServe(\":1\", nil) }\n"}});
  CHECK(zlib.native.build_packages == Names{"zlib1g-dev"});
  CHECK(zlib.native.run_packages == Names{"zlib1g"});
  CHECK(zlib.native.reason == "main.go:4 links z");
  const auto vips = detect({{"main.go", serving("_ \"github.com/davidbyttow/govips/v2/vips\"\n")}});
  CHECK(vips.native.run_packages == Names{"libvips42"});
  const auto unknown = detect({{"main.go",
                                "package main\n\n// #cgo pkg-config: nobody-knows\nimport \"C\"\n"
                                "import \"net/http\"\nfunc main() { http.ListenAndServe(\":1\", nil) }\n"}});
  CHECK(unknown.refusal ==
        "cgo is needed: main.go:3 links the C library nobody-knows, whose package is not known");
}

TEST_CASE("link flags and tags of the project's own build are kept") {
  const auto project =
      detect({{"Makefile",
               "VERSION ?= dev\nCOMMIT := $(shell git rev-parse HEAD)\nPKG = example.com/shop/build\n"
               "LDFLAGS = -s -X main.version=v$(VERSION) \\\n  -X '$(PKG).Commit=$(COMMIT)' -X main.gone=1\n"
               "TAGS := fancy,netgo\n\nbuild:\n\tgo build -tags \"$(TAGS)\" -ldflags \"$(LDFLAGS)\" .\n"
               "test:\n\tgo test -tags integration ./...\n"},
              {".goreleaser.yml",
               "builds:\n  - ldflags:\n      - -X main.date={{ .Date }} -X main.version={{.Version}}\n"},
              {"build/build.go", "package build\nvar Commit string\n"},
              {"fancy.go", "//go:build fancy\n\npackage main\nvar version, date string\n"},
              {"main.go", serving("\"example.com/shop/build\"\n", "var _ = build.Commit\n")}});
  REQUIRE(project.link_variables.size() == 3);
  CHECK(project.link_variables[0].symbol == "main.version");
  CHECK(project.link_variables[0].value == "v${VERSION}");
  CHECK(project.link_variables[1].symbol == "example.com/shop/build.Commit");
  CHECK(project.link_variables[1].value == "${COMMIT}");
  CHECK(project.link_variables[2].value == "${DATE}");
  REQUIRE(project.build_arguments.size() == 3);
  CHECK(project.build_arguments[0].initial == "dev");
  CHECK(project.build_arguments[1].initial.empty());
  CHECK(project.build_tags == Names{"fancy"});
  CHECK(place_of(project, "link variable: main.version") == "Makefile:4");
  CHECK(place_of(project, "link variable: example.com/shop/build.Commit") == "Makefile:4");
  CHECK(place_of(project, "link variable: main.date") == ".goreleaser.yml:3");
  CHECK(place_of(project, "build tag: fancy") == "Makefile:9");
}

TEST_CASE("values of link flags never leave their quotes") {
  const auto project = detect(
      {{"Makefile", "build:\n\tgo build -ldflags \"-X main.a=1';rm -X main.b=$(shell x) -X 'main.c=a b'\"\n"},
       {"main.go", serving("", "var a, b, c string\n")}});
  for (const auto& variable : project.link_variables)
    CHECK(variable.value.find_first_of("'\"`;\\\n") == std::string::npos);
}

TEST_CASE("variables of a Makefile") {
  const project::Makefile makefile(
      "A := 1\nB = $(A)2\nC ?= x\nD = $(shell date)\nE = $(E)\nexport F := $(D)-$(B)\n");
  CHECK(makefile.expand("$(B) ${A}") == "12 1");
  CHECK(makefile.expand("$(C)") ==
        "\x01"
        "C\x02");
  CHECK(makefile.initial("C") == "x");
  CHECK(makefile.expand("$(D)") ==
        "\x01"
        "D\x02");
  CHECK(makefile.expand("$(F)") ==
        "\x01"
        "D\x02-12");
  CHECK(makefile.expand("$$(git x) $$HOME `date`") == "\x01\x02 \x01HOME\x02 \x01\x02");
  CHECK_FALSE(makefile.expand("$(E)").empty());
  CHECK_FALSE(makefile.expand(std::string(200'000, '(')).empty());
}

TEST_CASE("private modules come by evidence") {
  const std::string require = "go 1.26\n\nrequire git.corp.example/team/lib v1.0.0\n";
  const auto own_host =
      detect({{"go.mod", "module git.corp.example/team/svc\n\n" + require}, {"main.go", serving()}});
  CHECK(own_host.private_modules == "git.corp.example");
  CHECK(place_of(own_host, "private modules") == "go.mod:5");
  const auto said = detect({{"go.mod", "module example.com/svc\n\n" + require},
                            {".envrc", "# GOPRIVATE=wrong\nexport GOPRIVATE=\"git.corp.example/*\"\n"},
                            {"main.go", serving()}});
  CHECK(said.private_modules == "git.corp.example/*");
  CHECK(place_of(said, "private modules") == ".envrc:2");
  CHECK(detect({{"go.mod", "module github.com/a/svc\n\ngo 1.26\n\nrequire github.com/a/lib v1.0.0\n"},
                {"main.go", serving()}})
            .private_modules.empty());
  CHECK(detect({{"go.mod", "module example.com/svc\n\n" + require},
                {"Makefile", "export GOPRIVATE = other.example\n"},
                {"main.go", serving()}})
            .private_modules.empty());
}

TEST_CASE("a workspace joins modules") {
  const Tree tree = {{"go.work", "go 1.27\n\nuse (\n\t./api\n\t./jobs\n\t./lib\n)\n"},
                     {"api/go.mod", "module example.com/api\n\ngo 1.26\n"},
                     {"api/main.go", serving("\"example.com/lib/greet\"\n", "var _ = greet.Text\n")},
                     {"jobs/go.mod", "module example.com/jobs\n\ngo 1.26\n"},
                     {"jobs/main.go", serving()},
                     {"lib/go.mod", "module example.com/lib\n\ngo 1.26\n"},
                     {"lib/greet/greet.go", "package greet\nvar Text = \"\"\n"}};
  CHECK(detect(tree, "/p/jobs").workspace.has_value() == false);
  const auto api = detect(tree, "/p/api");
  REQUIRE(api.workspace.has_value());
  CHECK(api.workspace->folder == "..");
  CHECK(api.workspace->members.size() == 2);
  REQUIRE(api.local_modules.size() == 1);
  CHECK(api.local_modules[0].folder == "../lib");
  CHECK(api.go_line == "1.27");
  CHECK(api.refusal.empty());
}

TEST_CASE("services in folders are choices") {
  const Tree tree = {{"README.md", ""},
                     {"svc/a/go.mod", "module example.com/a\n"},
                     {"svc/a/main.go", serving()},
                     {"svc/b/go.mod", "module example.com/b\n"},
                     {"svc/b/main.go", serving()},
                     {"lib/go.mod", "module example.com/lib\n"},
                     {"lib/x.go", "package lib\n"},
                     {"examples/e/go.mod", "module example.com/e\n"},
                     {"examples/e/main.go", serving()}};
  Tree placed;
  for (const auto& [name, text] : tree) placed["/q/" + name] = text;
  test::MemoryFiles files(placed);
  const auto project = project::detect(files, "/q", {});
  REQUIRE(project.has_value());
  CHECK(project->choices == Names{"svc/a", "svc/b"});
  CHECK_FALSE(project->main.has_value());
  CHECK(project->refusal == "there are services in 2 folders");
  CHECK(*project::find_services(files, "/q", nullptr) == Names{"svc/a", "svc/b"});
  CHECK(*project::find_services(files, "/q/svc/a", nullptr) == Names{"."});
}

TEST_CASE("a front end that //go:embed needs is built first") {
  Tree tree = {{"main.go", serving("\"example.com/shop/web\"\n", "var _ = web.Files\n")},
               {"web/web.go", "package web\nimport \"embed\"\n//go:embed all:dist\nvar Files embed.FS\n"},
               {"web/package.json",
                "{\"engines\": {\"node\": \">=20\"},\n\"scripts\": {\"build\": \"vite build\"}}\n"},
               {"web/pnpm-lock.yaml", ""}};
  const auto project = detect(tree);
  REQUIRE(project.front_ends.size() == 1);
  CHECK(project.front_ends[0].folder == "web");
  CHECK(project.front_ends[0].output == "web/dist");
  CHECK(project.front_ends[0].manager == "pnpm");
  CHECK(project.front_ends[0].version == "20");
  CHECK(place_of(project, "front end") == "web/package.json:2");
  tree["web/dist/.gitkeep"] = "";
  CHECK(detect(tree).front_ends.size() == 1);
  tree["web/dist/index.html"] = "";
  CHECK(detect(tree).front_ends.empty());
  tree.erase("web/dist/index.html");
  tree.erase("web/dist/.gitkeep");
  tree["web/package.json"] = "{\"scripts\": {}}\n";
  const auto unbuilt = detect(tree);
  CHECK(unbuilt.front_ends.empty());
  CHECK(unbuilt.notes.size() == 1);
}
