#include "core/project/node_frameworks.hpp"

#include "core/project/node_entry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;

namespace {

struct Framework {
  std::string_view package;
  std::string_view name;
};
// Earlier rows win: what others are built on comes last.
constexpr auto kFrameworks =
    std::to_array<Framework>({{"next", "next"},
                              {"nuxt", "nuxt"},
                              {"nuxt3", "nuxt"},
                              {"@sveltejs/adapter-node", "sveltekit"},
                              {"@remix-run/serve", "remix"},
                              {"@react-router/serve", "react-router"},
                              {"@nestjs/core", "nest"},
                              {"@adonisjs/core", "adonis"},
                              {"@google-cloud/functions-framework", "functions-framework"},
                              {"fastify", "fastify"},
                              {"koa", "koa"},
                              {"@hapi/hapi", "hapi"},
                              {"hono", "hono"},
                              {"restify", "restify"},
                              {"polka", "polka"},
                              {"express", "express"},
                              {"@apollo/server", "apollo"},
                              {"@grpc/grpc-js", "grpc"}});

// A server that a package brings: what node runs, what the build makes, and how it listens.
struct Server {
  std::string_view name;
  std::string_view entry;
  std::string_view argument;
  std::string_view built;
  std::uint32_t port;
  bool needs_packages;  // node_modules while it runs
};
constexpr auto kServers = std::to_array<Server>(
    {{"nuxt", ".output/server/index.mjs", "", ".output", 3000, false},
     {"sveltekit", "build/index.js", "", "build", 3000, true},
     {"remix", "node_modules/@remix-run/serve/dist/cli.js", "build/server/index.js", "build", 3000, true},
     {"react-router", "node_modules/@react-router/serve/bin.js", "build/server/index.js", "build", 3000,
      true},
     {"nest", "dist/main.js", "", "dist", 3000, true}});

void add_main(const NodeManifest& manifest, const std::string& main, const std::string& fact,
              model::Project& project) {
  project.main = main;
  project.evidence.push_back(
      {fmt::format("main: {}, {}", main, fact), "package.json", line_of(manifest.text, "\"scripts\"")});
}

std::string next_config(const ScriptTree& tree) {
  for (const char* name : {"next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs"})
    if (tree.kind(name) == FileKind::regular) return name;
  return {};
}

// The value of `output` in next.config: standalone, export, or empty.
std::string next_output(const std::string& text) {
  const auto tokens = script_tokens(text, ScriptSyntax::javascript);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].text != "output" || !tokens[i + 1].is(":")) continue;
    const std::size_t end = std::min(expression_end(tokens, i + 2), tokens.size());
    for (std::size_t at = i + 2; at < end; ++at)
      if (tokens[at].is_string() && (tokens[at].text == "standalone" || tokens[at].text == "export"))
        return std::string(tokens[at].text);
  }
  return {};
}

void set_next_port(const NodeManifest& manifest, model::Project& project) {
  project.kind = model::ServiceKind::service;
  project.port.number = 3000;
  project.port.source = model::PortSource::port_variable;
  project.port.name = "PORT";
  project.evidence.push_back({"port: Next.js reads PORT, 3000 when it is unset", "package.json",
                              line_of(manifest.text, "\"next\"")});
}

bool detect_next(const ScriptTree& tree, const NodeManifest& manifest, model::Project& project) {
  auto& node = *project.node;
  node.build_script = build_script_of(manifest);
  const std::string config = next_config(tree);
  const std::string text = config.empty() ? "" : tree.text_of(config);
  const std::string output = next_output(text);
  if (node.build_script.empty()) node.build_script = "build";
  if (tree.kind("public") == FileKind::directory) node.copied.emplace_back("public");
  if (output == "export") {
    node.static_folder = "out";
    node.copied.clear();
    project.kind = model::ServiceKind::static_site;
    project.main = "out";
    project.evidence.push_back(
        {"main: out, output: \"export\" in next.config", config, line_of(text, "output")});
    return true;
  }
  set_next_port(manifest, project);
  if (output == "standalone") {
    node.next_standalone = true;
    node.entry = "server.js";
    project.main = "server.js";
    project.evidence.push_back(
        {"main: server.js, made by output: \"standalone\"", config, line_of(text, "output")});
    return true;
  }
  node.entry = "node_modules/next/dist/bin/next";
  node.arguments = {"start"};
  node.built = {".next"};
  node.copied.emplace_back("package.json");
  if (!config.empty()) node.copied.push_back(config);
  add_main(manifest, node.entry, "next start", project);
  project.notes.push_back(
      fmt::format("add `output: \"standalone\"` to {} and run init again: Next.js then copies only the "
                  "packages that are used, "
                  "which is a fraction of node_modules",
                  config.empty() ? "a new next.config.js" : config));
  return true;
}

}  // namespace

std::string node_framework(const NodeManifest& manifest) {
  for (const auto& framework : kFrameworks)
    if (manifest.needs(framework.package)) return std::string(framework.name);
  return {};
}

bool detect_node_framework(const ScriptTree& tree, const NodeManifest& manifest, const NodeCommand& command,
                           model::Project& project) {
  auto& node = *project.node;
  // A server of the project's own around Next.js is started by its file.
  const bool own = command.program == "node" && !command.words.empty();
  if (project.framework == "next" && !(own && !command.words.front().ends_with("standalone/server.js")))
    return detect_next(tree, manifest, project);
  if (project.framework == "functions-framework" && command.program == "functions-framework") {
    node.entry = "node_modules/@google-cloud/functions-framework/build/src/main.js";
    node.arguments = command.words;
    add_main(manifest, node.entry, "functions-framework", project);
    project.kind = model::ServiceKind::service;
    project.port = {.number = 8080, .source = model::PortSource::port_variable, .name = "PORT"};
    project.evidence.push_back({"port: the Functions Framework reads PORT, 8080 when it is unset",
                                "package.json", line_of(manifest.text, "functions-framework")});
    return false;  // its source is the project's
  }
  for (const auto& server : kServers) {
    if (server.name != project.framework || (own && server.name != "nuxt")) continue;
    if (server.name == "nest") return false;  // its source says the port
    node.build_script = build_script_of(manifest);
    node.entry = server.entry;
    if (!server.argument.empty()) node.arguments = {std::string(server.argument)};
    node.built = {std::string(server.built)};
    if (!server.needs_packages) node.has_dependencies = false;
    add_main(manifest, node.entry, project.framework, project);
    project.kind = model::ServiceKind::service;
    project.port = {.number = server.port, .source = model::PortSource::port_variable, .name = "PORT"};
    project.evidence.push_back(
        {fmt::format("port: {} reads PORT, {} when it is unset", project.framework, server.port),
         "package.json", line_of(manifest.text, "\"dependencies\"")});
    return true;
  }
  return false;
}

namespace {

struct Bundler {
  std::string_view package;
  std::string_view name;
  std::string_view folder;
  bool single_page;
};
constexpr auto kBundlers = std::to_array<Bundler>({{"@docusaurus/core", "docusaurus", "build", false},
                                                   {"astro", "astro", "dist", false},
                                                   {"gatsby", "gatsby", "public", false},
                                                   {"vitepress", "vitepress", ".vitepress/dist", false},
                                                   {"@11ty/eleventy", "eleventy", "_site", false},
                                                   {"react-scripts", "react-scripts", "build", true},
                                                   {"@vue/cli-service", "vue-cli", "dist", true},
                                                   {"@angular/core", "angular", "dist", true},
                                                   {"vite", "vite", "dist", true},
                                                   {"parcel", "parcel", "dist", true},
                                                   {"webpack", "webpack", "dist", true}});

// outDir of vite.config, outputPath of angular.json.
std::string named_folder(const ScriptTree& tree, const Bundler& bundler) {
  const bool angular = bundler.name == "angular";
  const auto names = angular ? std::vector<std::string>{"angular.json"}
                             : std::vector<std::string>{"vite.config.ts", "vite.config.js", "vite.config.mjs",
                                                        "astro.config.mjs", "astro.config.ts"};
  for (const auto& name : names) {
    const std::string text = tree.text_of(name);
    const auto tokens = script_tokens(text, ScriptSyntax::javascript);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      const bool key = tokens[i].text == (angular ? "outputPath" : "outDir") && tokens[i + 1].is(":");
      if (!key || !tokens[i + 2].is_string() || tokens[i + 2].has_holes) continue;
      std::string folder(tokens[i + 2].text);
      while (folder.ends_with("/")) folder.pop_back();
      if (folder.starts_with("./")) folder.erase(0, 2);
      if (folder.starts_with("..") || folder.starts_with("/") || folder.empty()) break;
      return angular && text.find(":application\"") != std::string::npos ? folder + "/browser" : folder;
    }
  }
  return std::string(bundler.folder);
}

}  // namespace

bool detect_single_page(const ScriptTree& tree, const NodeManifest& manifest, const NodeCommand& command,
                        model::Project& project) {
  const std::string build = build_script_of(manifest);
  if (build.empty() || command.program == "node") return false;
  // Bundlers also make servers and libraries: a page needs its page.
  const bool has_page = tree.kind("index.html") == FileKind::regular ||
                        tree.kind("public/index.html") == FileKind::regular ||
                        tree.kind("src/index.html") == FileKind::regular;
  for (const auto& bundler : kBundlers) {
    if (!manifest.needs(bundler.package) || (bundler.single_page && !has_page)) continue;
    auto& node = *project.node;
    node.build_script = build;
    node.static_folder = named_folder(tree, bundler);
    node.single_page = bundler.single_page;
    project.framework = bundler.name;
    project.kind = model::ServiceKind::static_site;
    project.main = node.static_folder;
    project.evidence.push_back(
        {fmt::format("main: {}, which {} builds for browsers", node.static_folder, bundler.name),
         "package.json", line_of(manifest.text, "\"" + std::string(bundler.package) + "\"")});
    return true;
  }
  return false;
}

}  // namespace crtune::project
