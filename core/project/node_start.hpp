// The program that the scripts of a package.json start, and the build that it needs.
#pragma once

#include "core/project/node_manifest.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// One command of a script: `cross-env X=1 node --import ./a.mjs dist/server.js --port 1`.
struct NodeCommand {
  std::string program;  // node, next, nest, tsx, vite, …; empty where nothing was understood
  std::vector<std::string> flags = {};  // of node itself
  std::vector<std::string> words = {};  // what follows, the file first
  std::string script = {};              // the script that it stands in
  bool builds_first = false;            // the script runs a build before it
};

// The last command of scripts.start (or start:prod, production, serve), through `npm run x`. A script that
// says start:prod wins over a start that only serves development.
NodeCommand start_command(const NodeManifest& manifest);

// The words of one command line, quotes taken off; nothing of what follows an operator of the shell.
std::vector<std::string> shell_words(std::string_view command);

}  // namespace crtune::project
