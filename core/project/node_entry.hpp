// Which file node runs, and which source it is made from.
#pragma once

#include "core/project/node_manifest.hpp"
#include "core/project/node_program.hpp"
#include "core/project/node_start.hpp"

#include <optional>
#include <string>

namespace crtune::project {

struct NodeEntry {
  std::string run;           // from the project's folder: dist/server.js
  std::string source;        // where it is written: src/server.ts
  NodeFolders folders = {};  // where the compiler puts what it reads
  std::string build_script = {};
  bool keeps_tools = false;  // a development dependency (tsx) runs it
  std::vector<std::string> flags = {};
  std::string fact = {};   // how it was found
  std::uint64_t line = 0;  // of package.json
};

// The entry that scripts.start, "main" or a usual name tells. Nothing where there is none.
std::optional<NodeEntry> find_node_entry(const ScriptTree& tree, const NodeManifest& manifest,
                                         const NodeCommand& command);

// The entry `file` that the user named, or nothing where it does not exist.
std::optional<NodeEntry> chosen_node_entry(const ScriptTree& tree, const NodeManifest& manifest,
                                           const std::string& file);

// The script that compiles: build, or what comes nearest; empty for none.
std::string build_script_of(const NodeManifest& manifest);

}  // namespace crtune::project
