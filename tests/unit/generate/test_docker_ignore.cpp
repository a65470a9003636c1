// .dockerignore against every COPY: what the build needs gets in, secrets do not.
#include "core/generate/dockerfiles.hpp"
#include "core/generate/explain.hpp"
#include "core/generate/generate.hpp"
#include "core/project/detect.hpp"
#include "tests/support/ignore_rules.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

using namespace crtune;

namespace {

using Tree = std::map<std::string, std::string>;

struct Written {
  model::Project project;
  std::string dockerfile;
  std::string ignore;
};

// What init writes for `folder` of a tree that stands at /p.
Written write(const Tree& tree, const std::string& folder) {
  Tree placed;
  for (const auto& [name, text] : tree) placed["/p/" + name] = text;
  test::MemoryFiles files(std::move(placed));
  Written out;
  const std::string root = folder == "." ? "/p" : "/p/" + folder;
  auto project = project::detect(files, root, {});
  REQUIRE(project.has_value());
  CHECK(project->refusal.empty());
  out.project = *project;
  generate::GenerateOptions options;
  options.service = "app";
  options.directory = root;
  auto docker = generate::dockerfile(*project, options);
  auto ignore = generate::docker_ignore(*project, options);
  REQUIRE(docker.has_value());
  REQUIRE(ignore.has_value());
  out.dockerfile = docker->content;
  out.ignore = ignore->content;
  return out;
}

const std::string kServe = "func main() { http.ListenAndServe(\":8080\", nil) }\n";
const std::string kMain =
    "package main\nimport "
    "(\n\"embed\"\n\"net/http\"\n\"os\"\n\"example.com/shop/internal/db\"\n)\n//go:embed assets/*.md "
    "certs/ca.pem\n"
    "var files embed.FS\nvar _ = db.X\nfunc init() { os.ReadFile(\"config/app.json\") }\n" +
    kServe;
const Tree kTree = {{"go.mod", "module example.com/shop\n\ngo 1.26\n"},
                    {"go.sum", ""},
                    {"main.go", kMain},
                    {"main_test.go", "package main\n"},
                    {"internal/db/db.go", "package db\nvar X = 1\n"},
                    {"internal/db/fast_amd64.s", ""},
                    {"internal/db/testdata/x.json", "{}"},
                    {"assets/README.md", "x"},
                    {"certs/ca.pem", "x"},
                    {"certs/server.key", "x"},
                    {"config/app.json", "{}"},
                    {"docs/guide.md", "x"},
                    {".env", "SECRET=1"},
                    {"internal/.env", "SECRET=1"},
                    {"big.iso", "x"},
                    {".git/config", "x"}};

}  // namespace

TEST_CASE("only what the build reads is sent to it") {
  const auto written = write(kTree, ".");
  const test::IgnoreRules rules(written.ignore);
  for (const std::string needed :
       {"go.mod", "go.sum", "main.go", "internal/db/db.go", "internal/db/fast_amd64.s", "assets/README.md",
        "certs/ca.pem", "config/app.json"}) {
    CAPTURE(needed);
    CHECK_FALSE(rules.hides(needed));
  }
  for (const std::string left :
       {"main_test.go", "internal/db/testdata/x.json", "certs/server.key", "docs/guide.md", ".env",
        "internal/.env", "big.iso", ".git/config", "Dockerfile", "service.yaml"}) {
    CAPTURE(left);
    CHECK(rules.hides(left));
  }
}

TEST_CASE("every COPY from the context finds its files") {
  for (const auto& [tree, folder] :
       {std::pair<Tree, std::string>{kTree, "."},
        {{{"go.work", "go 1.26\n\nuse (\n\t./api\n\t./lib\n\t./jobs\n)\n"},
          {"go.work.sum", ""},
          {"api/go.mod", "module example.com/api\n\ngo 1.26\n"},
          {"api/main.go",
           "package main\nimport (\n\"net/http\"\n\"example.com/lib\"\n)\nvar _ = lib.X\n" + kServe},
          {"lib/go.mod", "module example.com/lib\n"},
          {"lib/go.sum", ""},
          {"lib/lib.go", "package lib\nvar X = 1\n"},
          {"jobs/go.mod", "module example.com/jobs\n"},
          {"jobs/main.go", "package main\nfunc main() {}\n"}},
         "api"}}) {
    const auto written = write(tree, folder);
    const test::IgnoreRules rules(written.ignore);
    for (const auto& instruction : generate::instructions_of(written.dockerfile)) {
      const std::string& text = instruction.text;
      if (!text.starts_with("COPY ") || text.find("--from=") != std::string::npos) continue;
      std::string rest = text.substr(5, text.rfind(' ') - 5);
      while (!rest.empty()) {
        const std::string source = rest.substr(0, rest.find(' '));
        rest.erase(0, source.size() + 1);
        if (source == ".") continue;
        CAPTURE(source);
        const bool found = std::any_of(tree.begin(), tree.end(), [&](const auto& file) {
          const bool named =
              file.first == source || (source.ends_with('/') && file.first.starts_with(source));
          return named && !rules.hides(file.first);
        });
        CHECK(found);
      }
    }
  }
}

TEST_CASE("the source of a workspace's other members stays outside") {
  const auto written =
      write({{"go.work", "go 1.26\n\nuse (\n\t./api\n\t./lib\n\t./jobs\n)\n"},
             {"api/go.mod", "module example.com/api\n\ngo 1.26\n"},
             {"api/main.go",
              "package main\nimport (\n\"net/http\"\n\"example.com/lib\"\n)\nvar _ = lib.X\n" + kServe},
             {"lib/go.mod", "module example.com/lib\n"},
             {"lib/lib.go", "package lib\nvar X = 1\n"},
             {"jobs/go.mod", "module example.com/jobs\n"},
             {"jobs/main.go", "package main\nfunc main() {}\n"}},
            "api");
  const test::IgnoreRules rules(written.ignore);
  CHECK_FALSE(rules.hides("api/main.go"));
  CHECK_FALSE(rules.hides("lib/lib.go"));
  CHECK_FALSE(rules.hides("jobs/go.mod"));
  CHECK(rules.hides("jobs/main.go"));
}

TEST_CASE("C code of the module keeps the list of what is left out") {
  const auto written = write({{"go.mod", "module example.com/c\n\ngo 1.26\n"},
                              {"main.go", "package main\nimport \"C\"\nimport \"net/http\"\n" + kServe},
                              {"include/deep/a.h", ""},
                              {".env", ""}},
                             ".");
  const test::IgnoreRules rules(written.ignore);
  CHECK_FALSE(rules.hides("include/deep/a.h"));
  CHECK(rules.hides(".env"));
}
