// The files that an entry of a Node.js project reaches, where they listen, and what they open.
#pragma once

#include "core/model/project.hpp"
#include "core/project/script_port.hpp"
#include "core/project/script_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crtune::project {

struct NodeProgram {
  std::vector<const ScriptFile*> files;  // the entry first
  std::vector<std::string> packages;     // that they import
  bool opaque = false;                   // some are loaded by names that the source does not tell
};

// `entry` and all that it imports by relative paths, also through others; at most 2,000 files.
NodeProgram reach_node_program(ScriptTree& tree, const std::string& entry);

// The file that an import of `name` in `folder` loads, as Node.js and TypeScript look for it; empty for none.
std::string resolve_node_file(const ScriptTree& tree, const std::string& folder, std::string_view name);

struct NodeListener {
  ScriptPort port;
  base::Place place;
  bool grpc = false;
};

// The listener that is most likely the service's: one that reads a variable before others.
std::optional<NodeListener> find_node_listener(const NodeProgram& program);

// Existing files and folders that the program opens while it runs. `built_from` and `built_to` say where the
// compiler puts a source file ("src", "dist"); both empty where it runs as it is.
struct NodeFolders {
  std::string built_from;
  std::string built_to;
};
void find_node_files(const ScriptTree& tree, const NodeProgram& program, const NodeFolders& folders,
                     model::Project& project);

}  // namespace crtune::project
