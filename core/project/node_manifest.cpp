#include "core/project/node_manifest.hpp"

#include "core/base/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;
using model::NodePackageManager;

namespace {

struct LockFile {
  std::string_view name;
  NodePackageManager manager;
};
constexpr auto kLockFiles = std::to_array<LockFile>({{"package-lock.json", NodePackageManager::npm},
                                                     {"npm-shrinkwrap.json", NodePackageManager::npm},
                                                     {"pnpm-lock.yaml", NodePackageManager::pnpm},
                                                     {"yarn.lock", NodePackageManager::yarn},
                                                     {"bun.lock", NodePackageManager::bun},
                                                     {"bun.lockb", NodePackageManager::bun}});

// Packages that are compiled where they are installed, unless a ready binary is found.
constexpr auto kNativeModules = std::to_array<std::string_view>(
    {"bcrypt",    "better-sqlite3", "sqlite3",      "canvas",     "node-gyp",       "argon2",
     "re2",       "node-pty",       "cpu-features", "bufferutil", "utf-8-validate", "libpq",
     "pg-native", "zeromq",         "kerberos",     "node-sass",  "oracledb",       "odbc",
     "hiredis",   "snappy",         "leveldown",    "farmhash",   "sodium-native",  "isolated-vm"});

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string first_line(std::string text) {
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

struct Declared {
  std::string text;
  std::string source;
  std::uint64_t line = 1;
};

std::vector<Declared> declared_versions(const ScriptTree& tree, const NodeManifest& manifest) {
  std::vector<Declared> found;
  if (const auto* engine = manifest.document["engines"]["node"].string())
    found.push_back({*engine, "package.json engines.node", line_of(manifest.text, "\"engines\"")});
  for (const char* name : {".nvmrc", ".node-version"})
    found.push_back({first_line(tree.text_of(name, 4096)), name, 1});
  const std::string tools = tree.text_of(".tool-versions", 65536);
  for (const std::string_view key : {"nodejs ", "node "})
    if (const auto at = ("\n" + tools).find("\n" + std::string(key));
        at != std::string::npos && !tools.empty())
      found.push_back({first_line(tools.substr(at + key.size())), ".tool-versions", line_of(tools, key)});
  if (const auto* volta = manifest.document["volta"]["node"].string())
    found.push_back({*volta, "package.json volta.node", line_of(manifest.text, "\"volta\"")});
  return found;
}

// lts/iron and the like name a release line. Source: https://nodejs.org/en/about/previous-releases
std::string release_line(std::string_view text) {
  static constexpr auto kLines =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"lts/gallium", "16"},
                                                                    {"lts/hydrogen", "18"},
                                                                    {"lts/iron", "20"},
                                                                    {"lts/jod", "22"},
                                                                    {"lts/krypton", "24"}});
  for (const auto& [name, major] : kLines)
    if (text == name) return std::string(major);
  return {};
}

}  // namespace

std::string NodeManifest::script(std::string_view name) const {
  const auto* value = document["scripts"][name].string();
  return value == nullptr ? std::string() : *value;
}

std::string NodeManifest::dependency(std::string_view name) const {
  const auto* value = document["dependencies"][name].string();
  return value == nullptr ? std::string() : *value;
}

std::string NodeManifest::build_dependency(std::string_view name) const {
  const auto* value = document["devDependencies"][name].string();
  return value == nullptr ? std::string() : *value;
}

std::string NodeManifest::text_of(std::string_view key) const {
  const auto* value = document[key].string();
  return value == nullptr ? std::string() : *value;
}

base::Result<NodeManifest> read_node_manifest(const ScriptTree& tree, const std::string& folder,
                                              const DetectOptions& options) {
  constexpr std::uint64_t kMaxBytes = 2U << 20U;
  const std::string path = base::join_path(folder, "package.json");
  if (options.documents == nullptr)
    return base::fail(base::ErrorCode::internal, "no reader of JSON was given");
  NodeManifest manifest;
  CRT_ASSIGN(manifest.text, tree.files().read(tree.root() + "/" + path, kMaxBytes));
  CRT_ASSIGN(manifest.document, options.documents->json(manifest.text, path));
  if (manifest.document.object() == nullptr)
    return base::fail(base::ErrorCode::invalid, "package.json is no object", {.file = path, .line = 1});
  return manifest;
}

std::string lowest_version(std::string_view range) {
  for (std::size_t at = 0; at < range.size(); ++at) {
    if (!is_digit(range[at])) continue;
    const std::string_view before = range.substr(0, at);
    std::size_t end = at;
    while (end < range.size() && (is_digit(range[end]) || range[end] == '.')) ++end;
    std::string version(range.substr(at, end - at));
    while (!version.empty() && version.back() == '.') version.pop_back();
    // "<21" and "!=3.9.1" say what it is not.
    const std::size_t sign = before.find_last_not_of(" v=");
    const bool excluded = sign != std::string_view::npos && (before[sign] == '<' || before[sign] == '!');
    if (!excluded) return version;
    at = end;
  }
  return {};
}

void find_node_version(const ScriptTree& tree, const NodeManifest& manifest, model::Project& project) {
  for (const auto& declared : declared_versions(tree, manifest)) {
    std::string version = release_line(declared.text);
    if (version.empty()) version = lowest_version(declared.text);
    if (version.empty()) continue;
    project.version = version;
    project.version_source = declared.source;
    const std::string file = declared.source.substr(0, declared.source.find(' '));
    const std::string said = declared.text == version ? "" : fmt::format(" ({})", declared.text);
    project.evidence.push_back({fmt::format("version: Node {}{}", version, said), file, declared.line});
    return;
  }
}

void find_package_manager(const ScriptTree& tree, const NodeManifest& manifest, const std::string& folder,
                          model::NodeProject& node) {
  bool found = false;
  const std::string field = manifest.text_of("packageManager");  // pnpm@9.1.0+sha512.…
  const std::size_t at = field.find('@');
  const std::string name = field.substr(0, at);
  if (at != std::string::npos) {
    node.manager_version = field.substr(at + 1, field.find('+') - at - 1);
    found = true;
    if (name == "pnpm")
      node.manager = NodePackageManager::pnpm;
    else if (name == "yarn")
      node.manager = NodePackageManager::yarn;
    else if (name == "bun")
      node.manager = NodePackageManager::bun;
    else
      found = name == "npm";
  }
  for (const auto& lock : kLockFiles) {
    if (tree.kind(base::join_path(folder, lock.name)) != FileKind::regular) continue;
    if (found && lock.manager != node.manager) continue;
    node.manager = lock.manager;
    node.lock_file = lock.name;
    break;
  }
  if (node.manager != NodePackageManager::yarn) return;
  const bool is_berry = (found && !node.manager_version.starts_with("1.")) ||
                        tree.kind(base::join_path(folder, ".yarnrc.yml")) == FileKind::regular;
  if (is_berry) node.manager = NodePackageManager::yarn_berry;
}

void find_node_dependencies(const NodeManifest& manifest, model::NodeProject& node) {
  const auto count = [&manifest](std::string_view key) {
    const auto* list = manifest.document[key].object();
    return list == nullptr ? std::size_t{0} : list->size();
  };
  node.has_dependencies =
      count("dependencies") + count("optionalDependencies") + count("peerDependencies") > 0;
  node.has_build_dependencies = count("devDependencies") > 0;
  node.has_native_modules =
      std::any_of(kNativeModules.begin(), kNativeModules.end(),
                  [&](std::string_view name) { return !manifest.dependency(name).empty(); });
}

}  // namespace crtune::project
