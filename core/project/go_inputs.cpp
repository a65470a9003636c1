#include "core/project/go_inputs.hpp"

#include "core/project/go_mains.hpp"
#include "core/project/path_pattern.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace crtune::project {
namespace {

// Files beside Go files that the go command takes in.
constexpr std::array<std::string_view, 4> kBeside = {".s", ".h", ".syso", ".pgo"};
constexpr std::size_t kMaxSingle = 20;  // files of one folder that are named one by one

bool imports_c(const GoPackage& package) {
  return std::any_of(package.files.begin(), package.files.end(), [](const GoFile& file) {
    return std::any_of(file.imports.begin(), file.imports.end(),
                       [](const GoImport& import) { return import.path == "C"; });
  });
}

// The first part of a path; "../lib" and all below stand for themselves.
std::string top_of(const std::string& folder) {
  return folder.substr(0, folder.find('/'));
}

// A front end at the root of the project has no folder to name.
bool is_root(const std::string& folder) {
  return folder == ".";
}

class Inputs {
 public:
  void add(std::string path) { paths_.insert(std::move(path)); }
  bool covers(std::string_view path) const {
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
      if (paths_.contains(path.substr(0, end))) return true;
      if (end == std::string_view::npos) return false;
    }
  }
  std::vector<std::string> list() const { return {paths_.begin(), paths_.end()}; }

 private:
  std::set<std::string, std::less<>> paths_;
};

// Files that no folder holds yet: the folder where they are many, else one by one.
void add_kept(const model::Project& project, Inputs& inputs) {
  std::map<std::string, std::vector<std::string>> by_folder;
  for (const auto& path : project.kept_files) {
    if (inputs.covers(path) || path.starts_with("../") ||
        (path.ends_with(".go") && path.find('/') == std::string::npos))
      continue;
    const std::size_t slash = path.rfind('/');
    by_folder[slash == std::string::npos ? "" : path.substr(0, slash)].push_back(path);
  }
  for (auto& [folder, files] : by_folder) {
    if (folder.empty() || files.size() <= kMaxSingle) {
      for (auto& file : files) inputs.add(std::move(file));
    } else {
      inputs.add(folder);
    }
  }
}

}  // namespace

void find_build_inputs(base::Files& files, const std::string& root, const GoProgram& program,
                       const std::vector<const GoPackage*>& reached, model::Project& project) {
  const bool own_c = std::any_of(reached.begin(), reached.end(), [](const GoPackage* package) {
    return !package->vendored && imports_c(*package);
  });
  if (own_c) return;
  const bool whole = std::any_of(project.front_ends.begin(), project.front_ends.end(),
                                 [](const auto& front_end) { return is_root(front_end.folder); }) ||
                     std::any_of(project.local_modules.begin(), project.local_modules.end(),
                                 [](const auto& module) { return is_root(join_path("", module.folder)); });
  if (whole) return;
  Inputs inputs;
  inputs.add("go.mod");
  if (project.has_sum) inputs.add("go.sum");
  if (project.vendored) inputs.add("vendor");
  for (const auto& module : project.local_modules) inputs.add(module.folder);
  for (const auto& [path, package] : program.packages()) {
    if (package.vendored || package.folder.starts_with("..") || package.files.empty()) continue;
    const bool used = std::find(reached.begin(), reached.end(), &package) != reached.end();
    if (!used && is_side_folder(package.folder)) continue;
    if (package.folder != ".") inputs.add(top_of(package.folder));
  }
  if (const auto entries = files.list(root)) {
    bool go = false;
    for (const auto& entry : *entries) {
      if (entry.kind != base::FileKind::regular) continue;
      go = go || entry.name.ends_with(".go");
      for (const auto ending : kBeside)
        if (entry.name.ends_with(ending)) inputs.add(entry.name);
    }
    if (go) inputs.add("*.go");
  }
  for (const auto& front_end : project.front_ends) inputs.add(front_end.folder);
  for (const auto& file : project.runtime_files) {
    std::string path = file.path;
    // A pattern's folder: COPY takes all that it holds.
    if (const std::size_t star = path.find_first_of("*?["); star != std::string::npos) {
      const std::size_t slash = path.rfind('/', star);
      if (slash == std::string::npos) continue;  // files of the root, named one by one below
      path.resize(slash);
    }
    inputs.add(std::move(path));
  }
  add_kept(project, inputs);
  project.build_inputs = inputs.list();
}

}  // namespace crtune::project
