#include "tests/support/surveyed_image.hpp"

#include <doctest/doctest.h>

namespace crtune {

namespace {

constexpr std::uint64_t kLarge = 20'000'000;
constexpr std::uint64_t kSmall = 100'000;

test::Item file(const std::string& path, std::uint64_t size = kLarge, std::uint16_t mode = 0644) {
  return {.path = path, .mode = mode, .size = size};
}

// A base layer, and one of the user's that `instruction` made. The program is large, so that shares are
// small.
test::SurveyedImage image_of(test::Items items, const std::string& instruction = "RUN make") {
  test::SurveyedImage image = {.layers = {{file("base/filler", 400'000'000)}, std::move(items)}};
  image.config.history = {{.created_by = "base"}, {.created_by = instruction}};
  image.base_layers = 1;
  return image;
}

std::uint64_t bytes_of(const test::SurveyedImage& image, const std::string& rule) {
  std::uint64_t sum = 0;
  for (const auto& finding : image.findings(rule)) sum += finding.bytes.value_or(0);
  return sum;
}

}  // namespace

TEST_CASE("every rule on contents fires on what it is for, and on nothing in the base image's layer") {
  struct Case {
    const char* rule;
    const char* path;
  };
  const Case cases[] = {
      {"IMG110", "var/lib/apt/lists/deb.debian.org_dists_bookworm_main"},
      {"IMG110", "var/cache/apt/archives/gcc_12.deb"},
      {"IMG110", "var/cache/apt/pkgcache.bin"},
      {"IMG110", "var/cache/apk/APKINDEX.tar.gz"},
      {"IMG110", "var/cache/dnf/x.solv"},
      {"IMG110", "root/.cache/pip/http/0/1"},
      {"IMG110", "home/app/.npm/_cacache/content-v2/sha512/1"},
      {"IMG110", "root/.cache/yarn/v6/x"},
      {"IMG110", "root/.local/share/pnpm/store/v3/files/00/x"},
      {"IMG110", "root/.cache/go-build/00/x-d"},
      {"IMG110", "root/.composer/cache/files/x"},
      {"IMG110", "usr/local/bundle/cache/rails.gem"},
      {"IMG110", "opt/conda/pkgs/x.conda"},
      {"IMG110", "app/node_modules/.cache/babel/x"},
      {"IMG111", "usr/lib/gcc/x86_64-linux-gnu/12/cc1plus"},
      {"IMG111", "usr/bin/x86_64-linux-gnu-gcc-12"},
      {"IMG111", "usr/bin/cmake"},
      {"IMG111", "usr/lib/jvm/java-21/jmods/java.base.jmod"},
      {"IMG111", "usr/share/dotnet/sdk/8.0.1/x.dll"},
      {"IMG113", "root/go/pkg/mod/example.com/x@v1/x.go"},
      {"IMG113", "usr/local/cargo/registry/src/x/lib.rs"},
      {"IMG113", "root/.m2/repository/x/x.jar"},
      {"IMG113", "root/.gradle/caches/x"},
      {"IMG113", "root/.nuget/packages/x/x.nupkg"},
      {"IMG114", "app/.git/objects/pack/x.pack"},
      {"IMG114", "srv/.hg/store/data"},
      {"IMG115", "usr/local/lib/python3.11/site-packages/numpy/tests/test_x.py"},
      {"IMG116", "usr/share/doc/x/changelog.gz"},
      {"IMG116", "usr/share/man/man1/x.1.gz"},
      {"IMG117", "usr/share/locale/de/LC_MESSAGES/x.mo"},
      {"IMG118", "usr/local/lib/python3.11/site-packages/_pytest/main.py"},
      {"IMG118", "app/node_modules/@types/node/index.d.ts"},
      {"IMG118", "app/node_modules/webpack/lib/x.js"},
      {"IMG120", "usr/include/openssl/ssl.h"},
      {"IMG120", "usr/lib/x86_64-linux-gnu/libssl.a"},
      {"IMG120", "usr/lib/x86_64-linux-gnu/pkgconfig/x.pc"},
      {"IMG122", "var/log/dpkg.log"},
      {"IMG122", "tmp/build/x"},
      {"IMG122", "app/core.1234"},
      {"IMG122", "app/server.log"},
      {"IMG122", "app/.idea/workspace.xml"},
  };
  for (const auto& [rule, path] : cases) {
    const std::string shown(path);
    CAPTURE(shown);
    const auto image = image_of({file(path), file("app/server", 1, 0755)});
    const auto found = image.findings();
    std::vector<std::string> rules;
    for (const auto& finding : found)
      if (finding.rule.starts_with("IMG1") && finding.rule != "IMG104") rules.push_back(finding.rule);
    CHECK(rules == std::vector<std::string>{rule});
    const auto own = image.findings(rule);
    REQUIRE(own.size() == 1);
    CHECK(own[0].bytes == kLarge);
    CHECK(own[0].layer == 1);
    CHECK(own[0].instruction == "RUN make");
    CHECK(own[0].severity == model::Severity::warning);
    CHECK(own[0].message.find(std::string("/") + path) != std::string::npos);
    CHECK(!own[0].fix.empty());

    auto base = image;
    base.base_layers = 2;
    CHECK(base.findings(rule).empty());
    base.deep = true;
    // A base that is a toolchain is told as such, once.
    CHECK(base.findings(rule).size() + base.findings("IMG119").size() == 1);
  }
}

TEST_CASE("what only looks like clutter is none") {
  for (const auto* path : {
           "app/pkg/mod/handler.bin",             // a project's own folder
           "app/cache/pip/x",                     // not in .cache
           "usr/share/doc/x/copyright",           // has to stay
           "usr/share/locale/locale.alias",       // a table
           "usr/share/locale/l10n/x",             // likewise
           "usr/lib/locale/C.utf8/LC_CTYPE",      // setlocale reads it
           "usr/share/zoneinfo/Europe/Berlin",    // time zones
           "etc/ssl/certs/ca-certificates.crt",   // certificates
           "app/main.py",                         // interpreted sources run
           "app/index.js",                        //
           "app/lib/x.rb",                        //
           "app/x.go",                            // no go.mod: data
           "app/templates/x.ts",                  // no tsconfig.json
           "app/node_modules/express/test/x.js",  // packages' folders are left alone
           "app/node_modules/express/lib/x.log",  //
           "app/core",                            // too small below, large is a dump: see size
           "app/make",                            // not among programs
           "usr/local/lib/python3.11/site-packages/flask/app.py",
           "usr/lib/x86_64-linux-gnu/libssl.so.3",
           "usr/bin/strings",
           "usr/bin/perl",
           "app/gitlab/objects/x",
           "var/www/test/index.php",
       }) {
    CAPTURE(path);
    const auto image = image_of({file(path, std::string_view(path) == "app/core" ? kSmall : kLarge)});
    for (const auto& finding : image.findings()) {
      CAPTURE(finding.rule);
      CHECK(!finding.rule.starts_with("IMG11"));
      CHECK(!finding.rule.starts_with("IMG12"));
    }
  }
}

TEST_CASE("a few bytes are not told, a small share is worth knowing, much is a warning") {
  CHECK(image_of({file("var/log/x", 1000)}).findings("IMG122").empty());
  const auto info = image_of({file("var/log/x", kSmall)}).findings("IMG122");
  REQUIRE(info.size() == 1);
  CHECK(info[0].severity == model::Severity::info);
  auto small = image_of({file("var/log/x", kSmall)});
  small.layers[0] = {file("base/filler", 1'000'000)};  // a tenth of it
  REQUIRE(small.findings("IMG122").size() == 1);
  CHECK(small.findings("IMG122")[0].severity == model::Severity::warning);
}

TEST_CASE("the fix follows the instruction that made the layer") {
  struct Case {
    const char* path;
    const char* instruction;
    const char* fix;
  };
  const Case cases[] = {
      {"var/lib/apt/lists/x", "RUN apt-get update && apt-get install -y curl",
       "RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*"},
      {"var/cache/apk/x", "RUN apk add curl", "RUN apk add --no-cache curl"},
      {"root/.cache/pip/x", "/bin/sh -c pip install -r requirements.txt",
       "RUN pip install --no-cache-dir -r requirements.txt"},
      {"app/.git/objects/x", "COPY . . # buildkit", ".dockerignore: **/.git"},
      {"app/.git/objects/x", "COPY --chown=1:1 . .", ".dockerignore: **/.git"},
      {"app/.git/objects/x", "COPY /src /app",
       "RUN rm -rf /app/.git  in the stage that COPY /src /app takes its files from"},
      {"app/.git/objects/x", "", "rm -rf /app/.git  in the instruction that writes it"},
      {"app/node_modules/jest/x.js", "RUN npm ci", "RUN npm ci --omit=dev"},
      {"app/node_modules/jest/x.js", "RUN npm ci && npm run build", "RUN npm ci --omit=dev && npm run build"},
      {"usr/share/doc/x/README", "RUN dnf install -y x", "RUN dnf install --setopt=tsflags=nodocs -y x"},
  };
  for (const auto& [path, instruction, fix] : cases) {
    const std::string shown = std::string(path) + ", " + instruction;
    CAPTURE(shown);
    const auto image = image_of({file(path)}, instruction);
    std::string found;
    for (const auto& finding : image.findings())
      if (finding.rule.starts_with("IMG11")) found = finding.fix;
    CHECK(found == fix);
  }
}

TEST_CASE("a repository is told however small, a touched index is not") {
  CHECK(image_of({file("app/.git/hooks/update.sample", 5000)}).findings("IMG114").size() == 1);
  CHECK(image_of({file("app/.git/index", 289)}).findings("IMG114").empty());
}

TEST_CASE("sources are told by the project file beside or above them") {
  CHECK(bytes_of(image_of({file("app/go.mod", 1), file("app/cmd/main.go")}), "IMG112") == kLarge);
  CHECK(bytes_of(image_of({file("app/Cargo.toml", 1), file("app/src/main.rs")}), "IMG112") == kLarge);
  CHECK(bytes_of(image_of({file("app/pom.xml", 1), file("app/src/A.java")}), "IMG112") == kLarge);
  CHECK(bytes_of(image_of({file("app/Makefile", 1), file("app/src/a.c")}), "IMG112") == kLarge);
  CHECK(bytes_of(image_of({file("app/a.csproj", 1), file("app/A.cs")}), "IMG112") == kLarge);
  CHECK(bytes_of(image_of({file("app/Cargo.toml", 1), file("app/target/release/deps/x.rlib")}), "IMG112") ==
        kLarge);
  CHECK(bytes_of(image_of({file("app/Cargo.toml", 1), file("app/target/release/server")}), "IMG112") == 0);
  CHECK(bytes_of(image_of({file("usr/src/app/go.mod", 1), file("usr/src/app/main.go")}), "IMG112") == kLarge);
  CHECK(bytes_of(image_of({file("app/go.mod", 1), file("app/main_test.go")}), "IMG115") == kLarge);
  CHECK(bytes_of(image_of({file("app/package.json", 1), file("app/__tests__/a.js")}), "IMG115") == kLarge);
  CHECK(bytes_of(image_of({file("app/__tests__/a.js")}), "IMG115") == 0);

  const test::Items typescript = {file("app/tsconfig.json", 1), file("app/dist/a.js", 1),
                                  file("app/src/a.ts")};
  auto image = image_of(typescript);
  CHECK(bytes_of(image, "IMG112") == kLarge);
  image.config.command = {"npx", "ts-node", "src/a.ts"};
  CHECK(bytes_of(image, "IMG112") == 0);
  CHECK(bytes_of(image_of({file("app/tsconfig.json", 1), file("app/src/a.ts")}), "IMG112") == 0);
}

TEST_CASE("translations that the image asks for stay") {
  auto image =
      image_of({file("usr/share/locale/de/LC_MESSAGES/x.mo"), file("usr/share/locale/fr/LC_MESSAGES/x.mo"),
                file("usr/share/locale/pt_BR/LC_MESSAGES/x.mo")});
  CHECK(bytes_of(image, "IMG117") == 3 * kLarge);
  image.config.environment = {"LANG=de_DE.UTF-8", "LANGUAGE=fr:en"};
  const auto found = image.findings("IMG117");
  REQUIRE(found.size() == 1);
  CHECK(found[0].bytes == kLarge);
  CHECK(found[0].fix.find("! -name 'de*' ! -name 'en*' ! -name 'fr*'") != std::string::npos);
  image.config.environment = {"LANG=C.UTF-8"};
  CHECK(bytes_of(image, "IMG117") == 3 * kLarge);
}

TEST_CASE("package.json decides which packages are for development") {
  const test::Item manifest = {
      "app/package.json",
      R"({"name": "a", "devDependencies": {"left-pad": "1", "webpack": "5", "@scope/tool": "1", "both": "1"},
          "dependencies": {"both": "1", "jest": "29"}})"};
  auto image = image_of({manifest, file("app/node_modules/left-pad/x.js"), file("app/node_modules/jest/x.js"),
                         file("app/node_modules/@scope/tool/x.js"), file("app/node_modules/both/x.js"),
                         file("app/node_modules/express/node_modules/left-pad/x.js")});
  CHECK(bytes_of(image, "IMG118") == 2 * kLarge);
  auto pnpm = image_of({manifest, file("app/node_modules/.pnpm/webpack@5.1.0/node_modules/webpack/x.js"),
                        file("app/node_modules/.pnpm/@scope+tool@1.0.0/node_modules/@scope/tool/x.js"),
                        file("app/node_modules/.pnpm/express@4.0.0/node_modules/express/x.js")});
  CHECK(bytes_of(pnpm, "IMG118") == 2 * kLarge);
}

TEST_CASE("headers belong to the compiler as long as there is one") {
  const test::Items with = {file("usr/bin/gcc-12", 1, 0755), file("usr/include/stdio.h")};
  CHECK(bytes_of(image_of(with), "IMG111") == kLarge);
  CHECK(bytes_of(image_of(with), "IMG120") == 0);
}

TEST_CASE("a toolchain image as the last stage is told once") {
  const test::Items go = {file("usr/local/go/bin/go", kLarge, 0755),
                          file("usr/local/go/src/net/http/server.go")};
  auto image = image_of(go);
  CHECK(image.findings("IMG119").empty());
  CHECK(bytes_of(image, "IMG111") == 2 * kLarge);
  image.config.environment = {"GOLANG_VERSION=1.26.0"};
  REQUIRE(image.findings("IMG119").size() == 1);
  CHECK(bytes_of(image, "IMG119") == 2 * kLarge);
  CHECK(image.findings("IMG119")[0].fix.find("FROM gcr.io/distroless/static-debian12:nonroot") == 0);
  CHECK(image.findings("IMG111").empty());

  // The same without a variable, where the base image's layers hold it.
  test::SurveyedImage below = {.layers = {go, {file("app/x", 1)}}};
  below.base_layers = 1;
  CHECK(bytes_of(below, "IMG119") == 2 * kLarge);
  below.config.environment = {"GOTOOLCHAIN=local", "GOPATH=/go"};
  CHECK(below.findings("IMG119").size() == 1);

  test::SurveyedImage node = {
      .layers = {{file("usr/bin/gcc-12", kLarge, 0755), file("usr/local/bin/node", kLarge, 0755)},
                 {file("app/x", 1)}}};
  node.base_layers = 1;
  node.config.environment = {"NODE_VERSION=22.11.0"};
  REQUIRE(node.findings("IMG119").size() == 1);
  CHECK(node.findings("IMG119")[0].bytes == kLarge);
  CHECK(node.findings("IMG119")[0].fix.find("FROM node:22-bookworm-slim") == 0);
  node.layers[0].erase(node.layers[0].begin());
  CHECK(node.findings("IMG119").empty());
}

TEST_CASE("copies are told where the user can leave one out") {
  const std::string content(1'100'000, 'x');
  auto image = image_of({{"app/a", content}, {"app/b", content}});
  REQUIRE(image.findings("IMG121").size() == 1);
  CHECK(image.findings("IMG121")[0].bytes == content.size());
  CHECK(image.findings("IMG121")[0].path == "/app/b");
  CHECK(image.findings("IMG121")[0].fix == "RUN ln -sf /app/a /app/b  in place of the copy");
  image.base_layers = 2;
  CHECK(image.findings("IMG121").empty());
  CHECK(image_of({{"usr/lib/a", content}, {"usr/share/b", content}}).findings("IMG121").empty());
  CHECK(image_of({{"app/a", content.substr(1'000'000)}, {"app/b", content.substr(1'000'000)}})
            .findings("IMG121")
            .empty());
}

}  // namespace crtune
