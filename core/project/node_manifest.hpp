// package.json and the files beside it that say how a Node.js project is installed.
// Sources: the documentation of npm, pnpm, Yarn, Bun and Corepack.
#pragma once

#include "core/base/json.hpp"
#include "core/model/project.hpp"
#include "core/project/detect.hpp"
#include "core/project/script_tree.hpp"

#include <string>
#include <string_view>

namespace crtune::project {

struct NodeManifest {
  std::string text;  // of package.json
  base::Json document;

  // The command of a script, or empty.
  std::string script(std::string_view name) const;
  // The version that is asked of a package; empty where it is in neither list.
  std::string dependency(std::string_view name) const;
  std::string build_dependency(std::string_view name) const;
  bool needs(std::string_view name) const {
    return !dependency(name).empty() || !build_dependency(name).empty();
  }
  // A member that is a text, or empty.
  std::string text_of(std::string_view key) const;
};

// Reads `folder`/package.json. Errors: invalid, limit, with the place; not_found.
base::Result<NodeManifest> read_node_manifest(const ScriptTree& tree, const std::string& folder,
                                              const DetectOptions& options);

// Fills version and version_source: engines.node, .nvmrc, .node-version, .tool-versions, volta.
void find_node_version(const ScriptTree& tree, const NodeManifest& manifest, model::Project& project);

// Fills manager, manager_version and lock_file from packageManager and the lock files in `folder`.
void find_package_manager(const ScriptTree& tree, const NodeManifest& manifest, const std::string& folder,
                          model::NodeProject& node);

// Fills has_dependencies, has_build_dependencies and has_native_modules.
void find_node_dependencies(const NodeManifest& manifest, model::NodeProject& node);

// The lowest version that a range allows: ">=18.2 <21" is 18.2, "v20.1.0" is 20.1.0, "18.x || 20" is 18.
// Empty where it names none. Also of Python's specifiers: ">=3.11,<4" is 3.11, "^3.12" is 3.12.
std::string lowest_version(std::string_view range);

}  // namespace crtune::project
