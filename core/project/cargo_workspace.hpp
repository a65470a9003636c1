// The packages of a Cargo project and the programs they build. Source: the Cargo Book, "The Manifest Format"
// and "Workspaces".
#pragma once

#include "core/base/documents.hpp"
#include "core/base/files.hpp"

#include <string>
#include <vector>

namespace crtune::project {

struct CargoProgram {
  std::string name;
  std::string path;         // of its main file, from the project's folder
  std::uint64_t line = 0;   // in the manifest; 0: found by its place
  bool is_default = false;  // default-run, or of a default member
};

struct CargoPackage {
  std::string name;
  std::string folder;  // from the project's folder
  std::string manifest;
  base::TomlNode tree;
  std::vector<CargoProgram> programs;
  std::vector<std::string> crates;        // names of all dependencies for Linux
  std::vector<std::string> path_folders;  // of dependencies in the tree
};

struct CargoWorkspace {
  std::vector<CargoPackage> packages;  // the root's own first
  bool has_workspace = false;
  std::string above;    // "..": the workspace that the root's package belongs to lies there; empty: none
  base::TomlNode root;  // the manifest with [workspace]
};

// Errors: invalid and limit of a manifest, with the place; usage never. At most 500 members.
base::Result<CargoWorkspace> read_cargo_workspace(base::Files& files, const base::Documents& documents,
                                                  const std::string& root);

// The value of `key` in [package], or in [workspace.package] where the package says `key.workspace = true`.
const base::TomlNode* package_field(const CargoWorkspace& workspace, const CargoPackage& package,
                                    std::string_view key);

}  // namespace crtune::project
