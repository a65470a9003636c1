#include "core/project/go_workspace.hpp"

#include "core/project/go_mod.hpp"
#include "core/project/go_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace crtune::project {

using base::FileKind;

namespace {

constexpr std::uint64_t kMaxFile = 4U << 20U;
constexpr std::size_t kMaxLevels = 6;     // above the project
constexpr std::size_t kMaxMembers = 500;  // of a workspace

// Where one of the program's files imports something of the member.
bool imports_member(const GoProgram& program, const model::LocalModule& member, model::Evidence& place) {
  for (const auto& [path, package] : program.packages()) {
    if (package.vendored) continue;
    for (const auto& file : package.files)
      for (const auto& import : file.imports)
        if (import_matches(import.path, member.path)) {
          place = {fmt::format("workspace: {} is {}", member.path, member.folder), file.path, import.line};
          return true;
        }
  }
  return false;
}

}  // namespace

std::optional<GoWorkspace> find_workspace(base::Files& files, const std::string& root) {
  std::string up = ".";
  for (std::size_t level = 0; level <= kMaxLevels; ++level, up = join_path(up, "..")) {
    const std::string file = join_path(up, "go.work");
    if (files.kind(root + "/" + file) != FileKind::regular) continue;
    const auto text = files.read(root + "/" + file, kMaxFile);
    if (!text) return std::nullopt;
    const GoMod work = parse_go_mod(*text);
    GoWorkspace workspace{.found = {}, .file = file, .go = work.go, .go_line = work.go_line};
    workspace.found.folder = up;
    workspace.found.has_sum = files.kind(root + "/" + file + ".sum") == FileKind::regular;
    bool is_member = false;
    const std::string own = join_path(root, ".");
    for (const auto& use : work.uses) {
      if (workspace.found.members.size() >= kMaxMembers) break;
      if (join_path(join_path(root, up), use) == own) {
        is_member = true;
        continue;
      }
      const std::string folder = join_path(up, use);
      const auto member = files.read(root + "/" + folder + "/go.mod", kMaxFile);
      if (!member) continue;
      workspace.found.members.push_back({parse_go_mod(*member).module, folder,
                                         files.kind(root + "/" + folder + "/go.sum") == FileKind::regular});
    }
    return is_member ? std::optional(std::move(workspace)) : std::nullopt;
  }
  return std::nullopt;
}

base::Status add_workspace_modules(const GoWorkspace& workspace, GoProgram& program,
                                   model::Project& project) {
  std::set<std::string> added;
  for (bool more = true; more;) {
    more = false;
    for (const auto& member : workspace.found.members) {
      const bool replaced = std::any_of(project.local_modules.begin(), project.local_modules.end(),
                                        [&member](const auto& module) { return module.path == member.path; });
      model::Evidence place;
      if (replaced || member.path.empty() || !imports_member(program, member, place)) continue;
      CRT_TRY(program.add({member.path, member.folder}));
      project.local_modules.push_back(member);
      project.evidence.push_back(std::move(place));
      added.insert(member.path);
      more = true;
    }
  }
  if (added.empty()) return {};
  project.workspace = workspace.found;
  return {};
}

}  // namespace crtune::project
