#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"
#include "core/project/node_manifest.hpp"
#include "core/project/node_start.hpp"
#include "tests/support/memory_files.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace crtune;
using model::NodePackageManager;
using model::PortSource;
using model::ServiceKind;

namespace {

using Tree = std::map<std::string, std::string>;

model::Project detect(const Tree& tree, const std::string& main = "", const std::string& below = "/p") {
  Tree placed;
  for (const auto& [name, text] : tree) placed["/p/" + name] = text;
  test::MemoryFiles files(std::move(placed));
  const platform::ParsedDocuments documents;
  auto project = project::detect(
      files, below, {.main = main.empty() ? std::nullopt : std::optional(main), .documents = &documents});
  REQUIRE(project.has_value());
  return *project;
}

std::string package(const std::string& more) {
  return R"({"name": "shop")" + (more.empty() ? "" : ", " + more) + "}";
}
const std::string kStart = R"("scripts": {"start": "node server.js"})";
const std::string kServer = "require('http').createServer(f).listen(process.env.PORT || 3000)\n";

}  // namespace

TEST_CASE("the port of a Node.js service and how it is set") {
  struct Case {
    std::string source;
    std::optional<std::uint32_t> number;
    PortSource source_kind;
    std::string name;
  };
  const std::vector<Case> cases = {
      {"app.listen(process.env.PORT || 3000)", 3000, PortSource::port_variable, "PORT"},
      {"app.listen(process.env.PORT ?? '8081', () => {})", 8081, PortSource::port_variable, "PORT"},
      {"app.listen(process.env.PORT)", std::nullopt, PortSource::port_variable, "PORT"},
      {"const port = parseInt(process.env.PORT, 10) || 4000\napp.listen(port)", 4000,
       PortSource::port_variable, "PORT"},
      {"const { PORT = 5000 } = process.env\napp.listen(PORT)", 5000, PortSource::port_variable, "PORT"},
      {"const port = normalizePort(process.env.PORT || '3000')\nserver.listen(port)", 3000,
       PortSource::port_variable, "PORT"},
      {"const config = { server: { port: process.env.APP_PORT || 7000 } }\napp.listen(config.server.port)",
       7000, PortSource::variable, "APP_PORT"},
      {"const grpc = require('@grpc/grpc-js')\nclass S { constructor(port = S.PORT) { this.port = port }\n"
       "go() { server.bindAsync(`[::]:${this.port}`, c) } }\nS.PORT = process.env.PORT",
       std::nullopt, PortSource::port_variable, "PORT"},
      {"app.listen(3000)", 3000, PortSource::hard_coded, ""},
      {"app.listen({ port: 3001, host: '0.0.0.0' })", 3001, PortSource::hard_coded, ""},
      {"app.listen({ port: process.env['PORT'] ? Number(process.env['PORT']) : 8088 })", 8088,
       PortSource::port_variable, "PORT"},
      {"const { serve } = require('@hono/node-server')\nserve({ fetch: app.fetch, port: 8787 })", 8787,
       PortSource::hard_coded, ""},
      {"const { serve } = require('@hono/node-server')\nserve(app)", 3000, PortSource::hard_coded, ""},
      {"function getPort() { return process.env.PORT || 6000 }\napp.listen(getPort())", 6000,
       PortSource::port_variable, "PORT"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.source);
    const auto project = detect({{"package.json", package(kStart)}, {"server.js", one.source}});
    CHECK(project.kind == ServiceKind::service);
    CHECK(project.port.number == one.number);
    CHECK(project.port.source == one.source_kind);
    CHECK(project.port.name == one.name);
  }
}

TEST_CASE("a listener in another file, and one that nobody outside reaches") {
  const auto apart = detect({{"package.json", package(kStart)},
                             {"server.js", "const { start } = require('./lib');\nstart()"},
                             {"lib/index.js", "exports.start = () => app.listen(require('./config').port)"},
                             {"lib/config.js", "module.exports = { port: process.env.PORT || 9000 }"}});
  CHECK(apart.port.number == 9000);
  CHECK(apart.node->copied == std::vector<std::string>{"lib", "package.json", "server.js"});
  const auto local = detect({{"package.json", package(kStart + R"(, "dependencies": {"fastify": "5"})")},
                             {"server.js", "require('fastify')().listen({ port: 3000 })"}});
  CHECK(local.framework == "fastify");
  CHECK(local.port.loopback);
}

TEST_CASE("the version of Node.js") {
  const auto version = [](const std::string& more, const Tree& beside) {
    Tree tree = beside;
    tree["package.json"] = package(kStart + more);
    tree["server.js"] = kServer;
    const auto project = detect(tree);
    return project.version + " " + project.version_source;
  };
  CHECK(version(R"(, "engines": {"node": ">=18.2 <21"})", {{".nvmrc", "20"}}) ==
        "18.2 package.json engines.node");
  CHECK(version("", {{".nvmrc", "v20.11.1\n"}, {".node-version", "22"}}) == "20.11.1 .nvmrc");
  CHECK(version("", {{".nvmrc", "lts/iron\n"}}) == "20 .nvmrc");
  CHECK(version("", {{".node-version", "22.1.0\n"}}) == "22.1.0 .node-version");
  CHECK(version("", {{".tool-versions", "python 3.11\nnodejs 24.0.1\n"}}) == "24.0.1 .tool-versions");
  CHECK(version("", {}) == " ");
  CHECK(project::lowest_version("<21 >=18") == "18");
  CHECK(project::lowest_version("18.x || 20.x") == "18");
  CHECK(project::lowest_version("^3.12") == "3.12");
  CHECK(project::lowest_version("!=3.9.1,>=3.10") == "3.10");
  CHECK(project::lowest_version("*").empty());
}

TEST_CASE("package managers") {
  const auto node = [](const std::string& more, const Tree& beside) {
    Tree tree = beside;
    tree["package.json"] = package(kStart + more);
    tree["server.js"] = kServer;
    return *detect(tree).node;
  };
  CHECK(node("", {{"package-lock.json", "{}"}}).manager == NodePackageManager::npm);
  CHECK(node("", {{"yarn.lock", ""}}).manager == NodePackageManager::yarn);
  CHECK(node("", {{"yarn.lock", ""}, {".yarnrc.yml", ""}}).manager == NodePackageManager::yarn_berry);
  CHECK(node("", {{"bun.lock", ""}}).manager == NodePackageManager::bun);
  const auto pnpm = node(R"(, "packageManager": "pnpm@9.1.0+sha512.abc")",
                         {{"pnpm-lock.yaml", ""}, {"package-lock.json", "{}"}});
  CHECK(pnpm.manager == NodePackageManager::pnpm);
  CHECK(pnpm.manager_version == "9.1.0");
  CHECK(pnpm.lock_file == "pnpm-lock.yaml");
}

TEST_CASE("the program that scripts start") {
  const auto entry = [](const std::string& scripts, const Tree& beside, const std::string& more = "") {
    Tree tree = beside;
    tree["package.json"] = package(R"("scripts": {)" + scripts + "}" + more);
    return detect(tree).main.value_or("");
  };
  CHECK(entry(R"("start": "NODE_ENV=production node --enable-source-maps ./bin/www")",
              {{"bin/www", kServer}}) == "bin/www");
  CHECK(entry(R"("start": "npm run serve", "serve": "cross-env A=1 node app")", {{"app.js", kServer}}) ==
        "app.js");
  CHECK(entry(R"("start": "npm run build && node dist/main", "build": "tsc")", {{"src/main.ts", kServer}}) ==
        "dist/main.js");
  CHECK(entry(R"("start": "nodemon src/index.ts", "build": "tsc")",
              {{"src/index.ts", kServer},
               {"tsconfig.json", "{ // comment\n \"compilerOptions\": {\"outDir\": \"./build\"} }"}}) ==
        "build/index.js");
  CHECK(entry("", {{"index.js", kServer}}, R"(, "main": "index.js")") == "index.js");
  CHECK(entry(R"("start": "nest start", "start:prod": "node dist/main", "build": "nest build")",
              {{"src/main.ts", kServer}}, R"(, "dependencies": {"@nestjs/core": "10"})") == "dist/main.js");
}

TEST_CASE("what is no service is told so") {
  CHECK(
      detect({{"package.json", package(R"("main": "index.js")")}, {"index.js", "module.exports = 1"}}).kind ==
      ServiceKind::library);
  const auto command =
      detect({{"package.json", package(R"("bin": "cli.js", "main": "cli.js")")}, {"cli.js", "run()"}});
  CHECK(command.kind == ServiceKind::cli);
  CHECK_FALSE(command.refusal.empty());
  CHECK(detect({{"package.json", package(kStart)}, {"server.js", "setInterval(work, 1000)"}}).kind ==
        ServiceKind::cli);
  CHECK_FALSE(detect({{"package.json", package(R"("scripts": {"start": "make"})")}}).refusal.empty());
}

TEST_CASE("Next.js with and without standalone output") {
  const Tree tree = {
      {"package.json",
       package(
           R"("scripts": {"build": "next build", "start": "next start"}, "dependencies": {"next": "15"})")},
      {"next.config.mjs", "export default { output: 'standalone' }"}};
  const auto small = detect(tree);
  CHECK(small.framework == "next");
  CHECK(small.node->next_standalone);
  CHECK(small.main == "server.js");
  CHECK(small.port.source == PortSource::port_variable);
  Tree plain = tree;
  plain["next.config.mjs"] = "export default {}";
  const auto large = detect(plain);
  CHECK_FALSE(large.node->next_standalone);
  REQUIRE_FALSE(large.notes.empty());
  CHECK(large.notes.front().find("standalone") != std::string::npos);
}

TEST_CASE("pages for browsers") {
  const auto page = detect(
      {{"package.json",
        package(R"("scripts": {"build": "vite build", "start": "vite"}, "devDependencies": {"vite": "6"})")},
       {"index.html", ""},
       {"vite.config.ts", "export default { build: { outDir: 'public_html' } }"}});
  CHECK(page.kind == ServiceKind::static_site);
  CHECK(page.main == "public_html");
  CHECK(page.node->single_page);
}

TEST_CASE("workspaces offer their services, and a member knows its root") {
  const Tree tree = {{"package.json", R"({"private": true, "workspaces": ["packages/*"]})"},
                     {"package-lock.json", "{}"},
                     {"packages/api/package.json", package(kStart)},
                     {"packages/api/server.js", kServer},
                     {"packages/web/package.json", package(kStart)},
                     {"packages/web/server.js", kServer},
                     {"packages/shared/package.json", R"({"name": "shared", "main": "index.js"})"},
                     {"packages/shared/index.js", ""}};
  const auto root = detect(tree);
  CHECK(root.choices == std::vector<std::string>{"packages/api", "packages/web"});
  CHECK_FALSE(root.main.has_value());
  CHECK_FALSE(root.refusal.empty());
  const auto member = detect(tree, "", "/p/packages/api");
  CHECK(member.refusal.empty());
  CHECK(member.node->workspace_root == "../..");
  CHECK(member.node->workspace_folder == "packages/api");
  CHECK(member.node->manifests.size() == 3);
}

TEST_CASE("files that a Node.js program opens") {
  const auto project =
      detect({{"package.json", package(kStart)},
              {"server.js",
               "app.use(express.static('public'))\napp.set('view engine', 'pug')\n"
               "fs.readFileSync(path.join(__dirname, 'data', 'rates.json'))\n"
               "fs.readFileSync('.env')\nfs.readFileSync('absent.txt')\napp.listen(process.env.PORT)"},
              {"public/a.css", ""},
              {"views/i.pug", ""},
              {"data/rates.json", "{}"},
              {".env", "A=b"}});
  std::vector<std::string> paths;
  for (const auto& file : project.runtime_files) paths.push_back(file.path);
  CHECK(paths == std::vector<std::string>{"data/rates.json", "public", "views"});
}

TEST_CASE("hostile package.json files") {
  const platform::ParsedDocuments documents;
  for (const std::string& text :
       {std::string("[]"), std::string("{\"a\":"), std::string(3U << 20U, ' '), std::string("\xff")}) {
    test::MemoryFiles files({{"/p/package.json", text}});
    const auto project = project::detect(files, "/p", {.main = std::nullopt, .documents = &documents});
    CHECK_FALSE(project.has_value());
  }
  // Scripts that call one another in a circle, and wrong types everywhere.
  CHECK_FALSE(
      detect(
          {{"package.json",
            R"({"scripts": {"start": "npm run a", "a": "npm start", "build": 3}, "main": [1], "engines": "x",
      "workspaces": {"packages": [3]}, "dependencies": []})"}})
          .refusal.empty());
}

TEST_CASE("hostile sources cost bounded time") {
  const auto repeated = [](const std::string& text, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += text;
    return out;
  };
  const auto started = std::chrono::steady_clock::now();
  for (const char* text : {"/[/", "app.listen(a)\n", "path.join(", "serve(", "const a = b\n", "`${", "((((",
                           "x = y.listen({port: a, "})
    detect({{"package.json", package(kStart)}, {"server.js", repeated(text, 1U << 20U)}});
  std::string scripts = R"("scripts": {"start": ")";
  for (int i = 0; i < 300; ++i) scripts += "npm run a; ";
  scripts += R"(x", "a": ")";
  for (int i = 0; i < 300; ++i) scripts += "npm start; ";
  detect({{"package.json", package(scripts + "\"}")}});
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(30));
}
