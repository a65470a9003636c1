#include "core/check/context_secrets.hpp"
#include "core/check/ignore_file.hpp"
#include "core/check/rules/rule.hpp"
#include "core/platform/yaml.hpp"
#include "tests/unit/check/checked.hpp"

#include <array>
#include <set>

using namespace crtune;
using namespace crtune::test;

namespace {

check::BuildContext context_of(std::map<std::string, std::string> contents) {
  std::map<std::string, std::string> files;
  for (auto& [path, text] : contents) files["/c/" + path] = text;
  MemoryFiles memory(std::move(files));
  auto context = check::read_context(memory, "/c", "");
  check::find_secrets(memory, context,
                      [](std::string_view path) { return path.ends_with(".env") || path.ends_with(".pem"); });
  return context;
}

check::Surroundings around(const check::BuildContext* context, const model::Project* project = nullptr,
                           const check::ServiceFacts* service = nullptr) {
  return {.context = context,
          .project = project,
          .project_folder = ".",
          .service = service,
          .trusted_registries = {}};
}

}  // namespace

TEST_CASE("patterns of .dockerignore are matched as a builder does") {
  struct Row {
    const char* pattern;
    const char* path;
    bool matches;
  };
  static constexpr std::array kRows = {
      Row{"a", "a", true},
      Row{"a", "b/a", false},
      Row{"*", "a", true},
      Row{"*", "a/b", false},
      Row{"*.go", "x.go", true},
      Row{"*.go", "d/x.go", false},
      Row{"**/*.go", "x.go", true},
      Row{"**/*.go", "a/b/x.go", true},
      Row{"**/.env", "x.env", false},
      Row{"a/**", "a/b/c", true},
      Row{"a/**/c", "a/c", true},
      Row{"a/**/c", "a/x/y/c", true},
      Row{"a?c", "abc", true},
      Row{"a?c", "a/c", false},
      Row{"[a-c]x", "bx", true},
      Row{"[^a]x", "ax", false},
      Row{"\\*", "*", true},
      Row{"\\*", "a", false},
      Row{"[", "[", false},
      Row{"**", "a/b", true},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.pattern);
    CAPTURE(row.path);
    CHECK(check::ignore_pattern_matches(row.pattern, row.path) == row.matches);
  }
}

TEST_CASE("the last pattern of .dockerignore that matches decides") {
  const check::IgnoreFile ignore("# a comment\n/secret\n*.md\n!README.md\n./build/\ndocs/**\n!docs/keep\n");
  CHECK(ignore.hides("secret/key"));
  CHECK(ignore.hides("a.md"));
  CHECK_FALSE(ignore.hides("README.md"));
  CHECK(ignore.hides("build/x"));
  CHECK(ignore.hides("docs/x"));
  CHECK_FALSE(ignore.hides("docs/keep/x"));
  CHECK_FALSE(ignore.hides("src/a.md.go"));
  CHECK(ignore.hiding_line("secret") == 2);
}

TEST_CASE("a hostile pattern of .dockerignore takes no time") {
  const std::string pattern = [] {
    std::string out;
    for (int i = 0; i < 200; ++i) out += "*a";
    return out + "b";
  }();
  CHECK_FALSE(check::ignore_pattern_matches(pattern, std::string(4000, 'a')));
}

TEST_CASE("what COPY sends is known, with what it must not send") {
  const std::string env = "PASSWORD=k3Jx9vQ2mW7pLs4T\n";
  const auto open =
      context_of({{".env", env}, {"main.go", "x"}, {".git/HEAD", "x"}, {"node_modules/a/b.js", "x"}});
  const std::string text = "FROM debian:12-slim\nCOPY . .\n";
  const auto found = found_by("DF307", text, around(&open));
  REQUIRE(found.size() == 1);
  CHECK(found[0].finding.severity == model::Severity::error);
  CHECK(found[0].finding.message.find("k3Jx9vQ2mW7pLs4T") == std::string::npos);
  CHECK(found_by("DF116", text, around(&open)).size() == 1);
  CHECK(found_by("DF307", "FROM debian:12-slim\nCOPY main.go /\n", around(&open)).empty());
  const auto closed =
      context_of({{".env", env}, {"main.go", "x"}, {".git/HEAD", "x"}, {".dockerignore", ".env\n.git\n"}});
  CHECK(found_by("DF307", text, around(&closed)).empty());
  CHECK(found_by("DF116", text, around(&closed)).empty());
}

TEST_CASE("sources of COPY must be there, and not hidden") {
  const auto context = context_of({{".dockerignore", "conf\n"}, {"conf/a", "x"}, {"main.go", "x"}});
  CHECK(found_by("DF430", "FROM a:1\nCOPY conf /conf\n", around(&context)).size() == 1);
  CHECK(found_by("DF430", "FROM a:1\nCOPY main.go /\n", around(&context)).empty());
  CHECK(found_by("DF431", "FROM a:1\nCOPY missing /\n", around(&context)).size() == 1);
  CHECK(found_by("DF431", "FROM a:1\nCOPY main.go /\nCOPY *.go /\n", around(&context)).empty());
}

TEST_CASE("the Dockerfile is held against the source") {
  model::Project project;
  project.language = "go";
  project.cgo = true;
  project.go_line = "1.25";
  project.uses_time_zones = true;
  project.kept_files = {"web/index.html"};
  project.runtime_files = {{.path = "templates", .opened = "templates/*.html", .folder = true}};
  project.local_modules = {{.path = "example.com/lib", .folder = "lib", .has_sum = false}};
  const auto context =
      context_of({{".dockerignore", "web\n"}, {"web/index.html", "x"}, {"lib/go.mod", "x"}, {"go.mod", "x"}});
  const std::string wrong =
      "FROM golang:1.21 AS b\nWORKDIR /src\nCOPY go.mod .\nRUN go mod download\nCOPY . .\nRUN CGO_ENABLED=0 "
      "go build -o /out/app .\n"
      "FROM scratch\nWORKDIR /app\nCOPY --from=b /out/app /bin/app\nENTRYPOINT [\"/bin/app\"]\n";
  const std::string right =
      "FROM golang:1.26 AS b\nWORKDIR /src\nCOPY go.mod .\nCOPY lib/go.mod lib/\nRUN go mod download\nCOPY . "
      ".\nRUN go build -o /out/app .\n"
      "FROM debian:12-slim\nRUN apt-get install -y tzdata\nWORKDIR /app\nCOPY templates templates\nCOPY "
      "--from=b /out/app /bin/app\nENTRYPOINT [\"/bin/app\"]\n";
  for (const std::string rule : {"DF432", "DF435", "DF437", "DF438", "DF440", "DF441"}) {
    CAPTURE(rule);
    CHECK(found_by(rule, wrong, around(&context, &project)).size() == 1);
    CHECK(found_by(rule, wrong).empty());
    if (rule != "DF440") CHECK(found_by(rule, right, around(&context, &project)).empty());
  }
  CHECK(mended("FROM golang:1.21-alpine\nRUN x\n", check::Safety::unsafe, around(nullptr, &project))
            .starts_with("FROM golang:1.25-alpine\n"));
}

TEST_CASE("the Dockerfile is held against service.yaml") {
  const auto tree = platform::parse_yaml(
      "apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec:\n      containers:\n"
      "        - image: a\n          ports:\n            - name: http1\n              containerPort: 9000\n",
      "service.yaml");
  REQUIRE(tree.has_value());
  const auto service = check::read_service_facts(*tree, "service.yaml");
  REQUIRE(service.has_value());
  CHECK(service->container_port == 9000U);
  CHECK(service->port_line == 10);
  model::Project project;
  project.language = "go";
  project.protocol = model::Protocol::grpc;
  project.port = {.number = 8080, .source = model::PortSource::hard_coded, .name = {}};
  const std::string text = "FROM a:1\nEXPOSE 8080\nCMD [\"a\"]\n";
  CHECK(found_by("DF207", text, around(nullptr, &project, &*service)).size() == 1);
  const auto fixed = found_by("DF208", text, around(nullptr, &project, &*service));
  REQUIRE(fixed.size() == 1);
  CHECK(fixed[0].finding.path == "service.yaml");
  CHECK(fixed[0].finding.line == 10);
  CHECK(found_by("DF210", text, around(nullptr, &project, &*service)).size() == 1);
  CHECK(mended(text, check::Safety::unsafe, around(nullptr, nullptr, &*service)).find("EXPOSE 9000") !=
        std::string::npos);
  project.port.number = 9000;
  CHECK(found_by("DF208", text, around(nullptr, &project, &*service)).empty());
  CHECK(found_by("DF207", "FROM a:1\nEXPOSE 9000\n", around(nullptr, &project, &*service)).empty());
}

TEST_CASE("comments accept findings, by our ids and by the peers'") {
  const std::string run = "RUN apt-get update && apt-get install -y x\n";
  CHECK(found_by("DF105", "FROM a:1\n# cloudrun-tune ignore=DF105,DF106 needed\n" + run).empty());
  CHECK(found_by("DF105", "FROM a:1\n# hadolint ignore=DL3008, DL3009\n" + run).empty());
  CHECK(found_by("DF105", "# hadolint global ignore=DL3009\nFROM a:1\n" + run).empty());
  CHECK(found_by("DF201", "# check=skip=JSONArgsRecommended;error=true\nFROM a:1\nCMD a\n").empty());
  CHECK(found_by("DF201", "# check=skip=all\nFROM a:1\nCMD a\n").empty());
  CHECK(found_by("DF105", "FROM a:1\n# hadolint ignore=DL3009\nRUN x\n" + run).size() == 1);
  CHECK(found_by("DF105", "FROM a:1\n# hadolint ignore=DL300\n" + run).size() == 1);
  const auto document =
      read_dockerfile("FROM a:1\n# cloudrun-tune ignore=DF105 the lists are needed\n" + run);
  for (const auto& found : check::check_dockerfile(document, "Dockerfile", {}).findings)
    if (found.finding.rule == "DF105") CHECK(found.finding.ignored == "the lists are needed");
}

TEST_CASE("ids of rules are in order, unique, and each has its words") {
  std::string before;
  for (const auto& text : check::rules::rule_texts()) {
    CHECK(std::string(text.id) > before);
    before = text.id;
    CHECK_FALSE(text.title.empty());
    CHECK_FALSE(text.why.empty());
    CHECK_FALSE(text.fix.empty());
  }
}
