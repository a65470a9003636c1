#include "core/project/node_entry.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

bool is_typescript(std::string_view path) {
  return path.ends_with(".ts") || path.ends_with(".mts") || path.ends_with(".cts") || path.ends_with(".tsx");
}

std::string_view without_ending(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const bool has = dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash + 1);
  return has ? path.substr(0, dot) : path;
}

std::string ending_of_compiled(std::string_view source) {
  if (source.ends_with(".mts")) return ".mjs";
  return source.ends_with(".cts") ? ".cjs" : ".js";
}

// Where the folders of a compiled file and of its source part: dist/a/x.js and src/a/x.ts are dist and src.
NodeFolders folders_of(std::string_view run, std::string_view source) {
  std::string_view to = without_ending(run);
  std::string_view from = without_ending(source);
  while (!to.empty() && !from.empty() && to.back() == from.back()) {
    to.remove_suffix(1);
    from.remove_suffix(1);
  }
  const auto folder = [](std::string_view text) {
    const std::size_t slash = text.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(text.substr(0, slash));
  };
  NodeFolders folders = {.built_from = folder(from), .built_to = folder(to)};
  if (folders.built_to.empty()) folders.built_to = std::string(run.substr(0, run.find('/')));
  if (folders.built_from.empty()) folders.built_from = ".";
  return folders;
}

// compilerOptions.outDir, or another folder that a tsconfig names; tsconfig.json has comments, so it is read
// as source.
std::string tsconfig_folder(const ScriptTree& tree, std::string_view key) {
  for (const char* name : {"tsconfig.build.json", "tsconfig.json"}) {
    const std::string text = tree.text_of(name);
    const auto tokens = script_tokens(text, ScriptSyntax::javascript);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i)
      if (tokens[i].is_string() && tokens[i].text == key && tokens[i + 1].is(":") &&
          tokens[i + 2].is_string())
        return join_path(".", tokens[i + 2].text);
  }
  return {};
}

// The source of a file that a build makes: its folder without the first, in src/ or beside.
std::string source_of_built(const ScriptTree& tree, const std::string& run) {
  const std::string base(without_ending(run));
  const std::size_t slash = base.find('/');
  if (slash == std::string::npos) return {};
  const std::string inner = base.substr(slash + 1);
  std::vector<std::string> places = {"src/" + inner, inner, "server/" + inner, "app/" + inner,
                                     "lib/" + inner};
  const std::string root = tsconfig_folder(tree, "rootDir");
  if (!root.empty()) places.insert(places.begin(), join_path(root, inner));
  // Of bundles only the name is left: dist/index.js may be src/main.ts.
  for (const char* name : {"src/main", "src/index", "src/server", "src/app", "server/index", "index"})
    places.emplace_back(name);
  for (const auto& place : places)
    for (const char* ending : {".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs"})
      if (tree.kind(place + ending) == FileKind::regular) return place + ending;
  return {};
}

std::optional<NodeEntry> compiled(const ScriptTree& tree, const NodeManifest& manifest,
                                  const std::string& run) {
  NodeEntry entry;
  entry.build_script = build_script_of(manifest);
  if (entry.build_script.empty()) return std::nullopt;
  entry.run = run.find('.', run.rfind('/') + 1) == std::string::npos ? run + ".js" : run;
  entry.source = source_of_built(tree, entry.run);
  if (entry.source.empty()) return std::nullopt;
  entry.folders = folders_of(entry.run, entry.source);
  return entry;
}

// A TypeScript file that a runner starts: compiled where the project can, else run by that runner.
std::optional<NodeEntry> from_typescript(const ScriptTree& tree, const NodeManifest& manifest,
                                         const std::string& source) {
  NodeEntry entry;
  entry.source = source;
  const std::string out = tsconfig_folder(tree, "outDir");
  if (!build_script_of(manifest).empty() && !out.empty()) {
    entry.build_script = build_script_of(manifest);
    const std::string root = tsconfig_folder(tree, "rootDir");
    std::string inner(without_ending(source));
    if (!root.empty() && root != "." && inner.starts_with(root + "/"))
      inner.erase(0, root.size() + 1);
    else if (root.empty() && inner.starts_with("src/"))
      inner.erase(0, 4);
    entry.run = join_path(out, inner) + ending_of_compiled(source);
    entry.folders = folders_of(entry.run, source);
    return entry;
  }
  if (!manifest.needs("tsx")) return std::nullopt;
  entry.run = source;
  entry.flags = {"--import", "tsx"};
  entry.keeps_tools = manifest.dependency("tsx").empty();
  return entry;
}

std::optional<NodeEntry> entry_at(const ScriptTree& tree, const NodeManifest& manifest,
                                  const std::string& word) {
  const std::string path = join_path(".", word);
  if (path.starts_with("..") || path.starts_with("/")) return std::nullopt;
  const std::string found = resolve_node_file(tree, ".", "./" + path);
  if (found.empty()) return compiled(tree, manifest, path);
  if (is_typescript(found)) return from_typescript(tree, manifest, found);
  return NodeEntry{.run = found, .source = found};
}

}  // namespace

std::string build_script_of(const NodeManifest& manifest) {
  for (const char* name : {"build", "build:server", "build:prod", "compile", "tsc"})
    if (!manifest.script(name).empty()) return name;
  return {};
}

std::optional<NodeEntry> chosen_node_entry(const ScriptTree& tree, const NodeManifest& manifest,
                                           const std::string& file) {
  return entry_at(tree, manifest, file);
}

std::optional<NodeEntry> find_node_entry(const ScriptTree& tree, const NodeManifest& manifest,
                                         const NodeCommand& command) {
  static constexpr auto kRunners =
      std::to_array<std::string_view>({"node", "nodejs", "nodemon", "ts-node", "tsx", "ts-node-dev", "tsnd",
                                       "bun", "pm2-runtime", "babel-node", "supervisor"});
  const bool runs_file = std::find(kRunners.begin(), kRunners.end(), command.program) != kRunners.end();
  if (runs_file) {
    const std::string word = command.words.empty() ? manifest.text_of("main") : command.words.front();
    if (auto entry = entry_at(tree, manifest, word.empty() ? "." : word)) {
      entry->flags.insert(entry->flags.begin(), command.flags.begin(), command.flags.end());
      entry->fact = "scripts." + command.script;
      entry->line = line_of(manifest.text, "\"" + command.script + "\"");
      return entry;
    }
  }
  const std::string main = manifest.text_of("main");
  if (!main.empty())
    if (auto entry = entry_at(tree, manifest, main)) {
      entry->fact = "\"main\"";
      entry->line = line_of(manifest.text, "\"main\"");
      return entry;
    }
  for (const char* name : {"server", "app", "index", "main", "src/server", "src/index", "src/app", "src/main",
                           "server/index", "server/server", "bin/www"}) {
    const std::string found = resolve_node_file(tree, ".", std::string("./") + name);
    if (found.empty() || found.ends_with(".json")) continue;
    if (auto entry = entry_at(tree, manifest, found)) {
      entry->fact = "a usual name";
      return entry;
    }
  }
  return std::nullopt;
}

}  // namespace crtune::project
