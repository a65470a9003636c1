#include "core/project/node_program.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

constexpr std::size_t kMaxFiles = 2000;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

// express, @hono/node-server: a package's name without what follows in it.
std::string package_of(std::string_view name) {
  std::size_t slash = name.find('/');
  if (!name.empty() && name[0] == '@' && slash != std::string_view::npos) slash = name.find('/', slash + 1);
  return std::string(name.substr(0, slash));
}

struct Imports {
  std::vector<std::string_view> names;
  bool opaque = false;
};

Imports imports_of(const ScriptFile& file) {
  Imports out;
  const auto& tokens = file.tokens;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const auto& token = tokens[i];
    const bool member = i > 0 && tokens[i - 1].is(".");
    if (member) continue;
    if ((token.is("require") || token.is("import")) && tokens[i + 1].is("(") && i + 2 < tokens.size()) {
      if (tokens[i + 2].is_string() && !tokens[i + 2].has_holes)
        out.names.push_back(tokens[i + 2].text);
      else
        out.opaque = true;
    } else if ((token.is("from") || token.is("import")) && tokens[i + 1].is_string()) {
      out.names.push_back(tokens[i + 1].text);
    }
  }
  return out;
}

// "@/x" and "~/x" are what most TypeScript projects call their source folder.
std::string resolve_alias(const ScriptTree& tree, std::string_view name) {
  if (!name.starts_with("@/") && !name.starts_with("~/") && !name.starts_with("src/")) return {};
  const std::string rest(name.substr(name.find('/') + 1));
  for (const char* folder : {"src", "."})
    if (auto found = resolve_node_file(tree, folder, "./" + rest); !found.empty()) return found;
  return {};
}

}  // namespace

std::string resolve_node_file(const ScriptTree& tree, const std::string& folder, std::string_view name) {
  static constexpr auto kEndings = std::to_array<std::string_view>(
      {"", ".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".tsx", ".jsx", ".json", "/index.js", "/index.ts",
       "/index.mjs", "/index.cjs", "/index.tsx"});
  const std::string path = join_path(folder, name);
  if (path.starts_with("..") || path.starts_with("/")) return {};
  for (const auto ending : kEndings)
    if (auto full = path + std::string(ending); tree.kind(full) == FileKind::regular) return full;
  // TypeScript names the file that will be there: "./a.js" is a.ts.
  for (const auto& [js, ts] : {std::pair(".js", ".ts"), {".js", ".tsx"}, {".mjs", ".mts"}, {".cjs", ".cts"}})
    if (path.ends_with(js)) {
      auto source = path.substr(0, path.size() - std::string_view(js).size()) + ts;
      if (tree.kind(source) == FileKind::regular) return source;
    }
  return {};
}

NodeProgram reach_node_program(ScriptTree& tree, const std::string& entry) {
  NodeProgram program;
  std::set<std::string> seen = {entry};
  std::set<std::string> packages;
  std::deque<std::string> waiting = {entry};
  while (!waiting.empty() && program.files.size() < kMaxFiles) {
    const ScriptFile* file = tree.open(waiting.front());
    waiting.pop_front();
    if (file == nullptr) continue;
    program.files.push_back(file);
    if (file->path.ends_with(".json")) continue;
    const Imports imports = imports_of(*file);
    program.opaque = program.opaque || imports.opaque;
    for (const auto name : imports.names) {
      const bool relative = name.starts_with(".");
      const std::string found =
          relative ? resolve_node_file(tree, folder_of(file->path), name) : resolve_alias(tree, name);
      if (!found.empty() && seen.insert(found).second) waiting.push_back(found);
      if (!relative && found.empty()) packages.insert(package_of(name));
    }
  }
  program.packages.assign(packages.begin(), packages.end());
  return program;
}

}  // namespace crtune::project
