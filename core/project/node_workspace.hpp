// Workspaces of npm, pnpm, Yarn and Bun: several packages that share one lock file.
#pragma once

#include "core/project/node_manifest.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// The folders of the workspace whose root is the project's folder, at most 500; empty where it is none.
base::Result<std::vector<std::string>> workspace_members(const ScriptTree& tree, const NodeManifest& manifest,
                                                         const DetectOptions& options);

// Where the project is one package of a workspace above it: fills workspace_root, workspace_folder, manifests
// and the package manager with its lock file.
base::Status find_workspace_above(base::Files& files, const std::string& root, const DetectOptions& options,
                                  model::NodeProject& node);

}  // namespace crtune::project
