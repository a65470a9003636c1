#include "core/project/cargo_workspace.hpp"

#include "core/base/glob.hpp"
#include "core/base/path.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace crtune::project {

using base::FileKind;
using base::join_path;
using base::TomlNode;

namespace {

constexpr std::uint64_t kMaxManifest = 1U << 20U;
constexpr std::size_t kMaxMembers = 500;
constexpr std::size_t kMaxPrograms = 200;

std::vector<std::string> texts_of(const TomlNode* node) {
  std::vector<std::string> out;
  if (node == nullptr) return out;
  for (const auto& item : node->items)
    if (item.kind == TomlNode::Kind::text) out.push_back(item.text);
  return out;
}

bool is_false(const TomlNode* node) {
  return node != nullptr && node->kind == TomlNode::Kind::boolean && !node->boolean;
}

class Reader {
 public:
  Reader(base::Files& files, const base::Documents& documents, const std::string& root)
      : files_(files), documents_(documents), root_(root) {}

  base::Result<CargoWorkspace> run() {
    CRT_ASSIGN(TomlNode tree, manifest("."));
    if (tree.find("workspace") == nullptr && tree.find("package") != nullptr) find_workspace_above();
    const TomlNode* workspace = tree.find("workspace");
    if (workspace != nullptr) {
      out_.has_workspace = true;
      out_.root = tree;
    }
    if (tree.find("package") != nullptr) add(".", tree);
    if (workspace != nullptr) CRT_TRY(add_members(*workspace));
    for (auto& package : out_.packages) {
      find_programs(package);
      find_dependencies(package);
    }
    if (workspace != nullptr) mark_default_members(*workspace);
    return std::move(out_);
  }

 private:
  base::Result<TomlNode> manifest(const std::string& folder) {
    const std::string path = join_path(folder, "Cargo.toml");
    CRT_ASSIGN(const std::string text, files_.read(root_ + "/" + path, kMaxManifest));
    return documents_.toml(text, root_ + "/" + path);
  }

  bool is_file(const std::string& path) { return files_.kind(root_ + "/" + path) == FileKind::regular; }

  // A member's folder may be all that init was told of.
  void find_workspace_above() {
    for (const char* up : {"..", "../..", "../../.."}) {
      if (!is_file(join_path(up, "Cargo.toml"))) continue;
      auto tree = manifest(up);
      if (!tree || tree->find("workspace") == nullptr) continue;
      out_.above = up;
      out_.root = *std::move(tree);
      return;
    }
  }

  void add(const std::string& folder, TomlNode tree) {
    const TomlNode* package = tree.find("package");
    const std::string* name = package == nullptr ? nullptr : package->text_of("name");
    if (name == nullptr) return;
    CargoPackage made;
    made.name = *name;
    made.folder = folder;
    made.manifest = join_path(folder, "Cargo.toml");
    made.tree = std::move(tree);
    out_.packages.push_back(std::move(made));
  }

  base::Status add_members(const TomlNode& workspace) {
    const auto excluded = texts_of(workspace.find("exclude"));
    std::set<std::string> seen = {"."};
    for (const auto& pattern : texts_of(workspace.find("members")))
      for (const auto& folder : expand_pattern(files_, root_, pattern)) {
        const bool out = std::any_of(excluded.begin(), excluded.end(), [&folder](const std::string& path) {
          return folder == path || base::glob_matches(path, folder);
        });
        if (out || !seen.insert(folder).second || !is_file(join_path(folder, "Cargo.toml"))) continue;
        if (out_.packages.size() >= kMaxMembers)
          return base::fail(base::ErrorCode::limit, fmt::format("over {} members", kMaxMembers),
                            {.file = root_ + "/Cargo.toml"});
        CRT_ASSIGN(TomlNode tree, manifest(folder));
        add(folder, std::move(tree));
      }
    return {};
  }

  void add_program(CargoPackage& package, std::string name, const std::string& path, std::uint64_t line) {
    const std::string full = join_path(package.folder, path);
    const bool known =
        std::any_of(package.programs.begin(), package.programs.end(),
                    [&](const auto& program) { return program.name == name || program.path == full; });
    if (known || package.programs.size() >= kMaxPrograms || !is_file(full)) return;
    package.programs.push_back({.name = std::move(name), .path = full, .line = line});
  }

  void find_programs(CargoPackage& package) {
    const TomlNode* about = package.tree.find("package");
    if (const TomlNode* bins = package.tree.find("bin"))
      for (const auto& bin : bins->items) {
        const std::string* name = bin.text_of("name");
        if (name == nullptr) continue;
        const std::string* path = bin.text_of("path");
        std::string place = path != nullptr ? *path : "src/bin/" + *name + ".rs";
        if (path == nullptr && !is_file(join_path(package.folder, place)))
          place = is_file(join_path(package.folder, "src/bin/" + *name + "/main.rs"))
                      ? "src/bin/" + *name + "/main.rs"
                      : "src/main.rs";
        add_program(package, *name, place, bin.line);
      }
    if (!is_false(about->find("autobins"))) {
      add_program(package, package.name, "src/main.rs", 0);
      const auto entries = files_.list(root_ + "/" + join_path(package.folder, "src/bin"));
      if (entries)
        for (const auto& entry : *entries) {
          if (entry.kind == FileKind::regular && entry.name.ends_with(".rs"))
            add_program(package, entry.name.substr(0, entry.name.size() - 3), "src/bin/" + entry.name, 0);
          if (entry.kind == FileKind::directory)
            add_program(package, entry.name, "src/bin/" + entry.name + "/main.rs", 0);
        }
    }
    if (const std::string* chosen = about->text_of("default-run"))
      for (auto& program : package.programs) program.is_default = program.name == *chosen;
  }

  void add_dependencies(CargoPackage& package, const TomlNode* table) {
    if (table == nullptr) return;
    const TomlNode* workspace = out_.root.find("workspace");
    const TomlNode* shared = workspace == nullptr ? nullptr : workspace->find("dependencies");
    for (const auto& member : table->members) {
      const TomlNode* value = &member.value;
      std::string base = package.folder;
      if (value->find("workspace") != nullptr && shared != nullptr && shared->find(member.key) != nullptr) {
        value = shared->find(member.key);
        base = out_.above.empty() ? "." : out_.above;
      }
      const std::string* renamed = value->text_of("package");
      package.crates.push_back(renamed != nullptr ? *renamed : member.key);
      if (const std::string* path = value->text_of("path"))
        package.path_folders.push_back(join_path(base, *path));
    }
  }

  void find_dependencies(CargoPackage& package) {
    add_dependencies(package, package.tree.find("dependencies"));
    const TomlNode* targets = package.tree.find("target");
    if (targets == nullptr) return;
    for (const auto& target : targets->members)
      if (target.key.find("windows") == std::string::npos && target.key.find("macos") == std::string::npos)
        add_dependencies(package, target.value.find("dependencies"));
  }

  void mark_default_members(const TomlNode& workspace) {
    const auto patterns = texts_of(workspace.find("default-members"));
    if (patterns.empty()) return;
    for (auto& package : out_.packages) {
      const bool chosen =
          std::any_of(patterns.begin(), patterns.end(), [&package](const std::string& pattern) {
            return package.folder == join_path("", pattern) || base::glob_matches(pattern, package.folder);
          });
      const bool has_default = std::any_of(package.programs.begin(), package.programs.end(),
                                           [](const auto& program) { return program.is_default; });
      for (auto& program : package.programs)
        program.is_default = chosen && (program.is_default || !has_default);
    }
  }

  base::Files& files_;
  const base::Documents& documents_;
  const std::string& root_;
  CargoWorkspace out_;
};

}  // namespace

base::Result<CargoWorkspace> read_cargo_workspace(base::Files& files, const base::Documents& documents,
                                                  const std::string& root) {
  return Reader(files, documents, root).run();
}

const TomlNode* package_field(const CargoWorkspace& workspace, const CargoPackage& package,
                              std::string_view key) {
  const TomlNode* about = package.tree.find("package");
  const TomlNode* field = about == nullptr ? nullptr : about->find(key);
  if (field == nullptr || field->kind != TomlNode::Kind::table) return field;
  const TomlNode* shared = workspace.root.find("workspace");
  shared = shared == nullptr ? nullptr : shared->find("package");
  return shared == nullptr ? nullptr : shared->find(key);
}

}  // namespace crtune::project
