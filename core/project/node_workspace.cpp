#include "core/project/node_workspace.hpp"

#include "core/base/path.hpp"
#include "core/project/path_pattern.hpp"

#include <algorithm>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::size_t kMaxMembers = 500;
constexpr int kMaxLevels = 4;

// "workspaces" is a list, or an object that holds it; pnpm has a file of its own.
base::Result<std::vector<std::string>> patterns_of(const ScriptTree& tree, const NodeManifest& manifest,
                                                   const DetectOptions& options) {
  std::vector<std::string> patterns;
  const base::Json& field = manifest.document["workspaces"];
  const auto* list = field.array() != nullptr ? field.array() : field["packages"].array();
  if (list != nullptr)
    for (const auto& item : *list)
      if (const auto* text = item.string()) patterns.push_back(*text);
  const std::string text = tree.text_of("pnpm-workspace.yaml", 256U << 10U);
  if (text.empty()) return patterns;
  CRT_ASSIGN(const auto yaml, options.documents->yaml(text, "pnpm-workspace.yaml"));
  if (const auto* packages = yaml.find("packages"))
    for (const auto& item : packages->items) patterns.push_back(item.scalar);
  return patterns;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos || slash == 0 ? std::string() : path.substr(0, slash);
}

// Files that installing reads beside the manifests. .npmrc is left out: it may hold a token.
void find_settings(const ScriptTree& tree, model::NodeProject& node) {
  for (const char* name : {"pnpm-workspace.yaml", ".yarnrc.yml", "bunfig.toml"})
    if (tree.kind(name) == FileKind::regular) node.settings.emplace_back(name);
}

}  // namespace

base::Result<std::vector<std::string>> workspace_members(const ScriptTree& tree, const NodeManifest& manifest,
                                                         const DetectOptions& options) {
  CRT_ASSIGN(const auto patterns, patterns_of(tree, manifest, options));
  std::vector<std::string> members;
  const auto add = [&](const std::string& folder) {
    if (folder != "." && members.size() < kMaxMembers &&
        tree.kind(folder + "/package.json") == FileKind::regular)
      members.push_back(folder);
  };
  for (std::string pattern : patterns) {
    if (pattern.starts_with("!")) continue;
    while (pattern.ends_with("/")) pattern.pop_back();
    if (const auto deep = pattern.find("**"); deep != std::string::npos)
      pattern = pattern.substr(0, deep) + "*";
    for (const auto& folder : expand_pattern(tree.files(), tree.root(), pattern)) add(folder);
  }
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return members;
}

base::Status find_workspace_above(base::Files& files, const std::string& root, const DetectOptions& options,
                                  model::NodeProject& node) {
  const ScriptTree own(files, root, ScriptSyntax::javascript);
  find_settings(own, node);
  if (!node.lock_file.empty()) return {};
  std::string folder = root;
  std::string up;
  for (int level = 0; level < kMaxLevels; ++level) {
    const std::string name = folder.substr(folder.rfind('/') + 1);
    folder = parent_of(folder);
    if (folder.empty()) return {};
    up = up.empty() ? ".." : up + "/..";
    const std::string below = root.substr(folder.size() + 1);
    const ScriptTree tree(files, folder, ScriptSyntax::javascript);
    if (tree.kind("package.json") != FileKind::regular) continue;
    CRT_ASSIGN(const NodeManifest manifest, read_node_manifest(tree, ".", options));
    CRT_ASSIGN(auto members, workspace_members(tree, manifest, options));
    if (std::find(members.begin(), members.end(), below) == members.end()) continue;
    node.workspace_root = up;
    node.workspace_folder = below;
    node.settings.clear();
    find_settings(tree, node);
    find_package_manager(tree, manifest, ".", node);
    node.manifests = std::move(members);
    return {};
  }
  return {};
}

}  // namespace crtune::project
