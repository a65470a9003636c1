// What was found out about a Node.js project.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::model {

enum class NodePackageManager : std::uint8_t { npm, pnpm, yarn, yarn_berry, bun };

struct NodeProject {
  std::string manager_version;         // of the packageManager field, without its hash
  std::string lock_file;               // from the install folder; empty where there is none
  std::string build_script;            // the script that must run first; empty where none is needed
  std::string entry;                   // the file that node runs, as it is called in the image
  std::vector<std::string> flags;      // of node, in front of the entry
  std::vector<std::string> arguments;  // of the entry
  // From the project's folder: files and folders that the program is made of.
  std::vector<std::string> copied;
  std::vector<std::string> copied_folders = {};  // those of `copied` that are folders
  std::vector<std::string> built;                // likewise, what the build makes
  std::string static_folder;  // what a browser is served after the build; empty where a server runs
  // Of a package of a workspace: where its root lies, and the package's folder from there.
  std::string workspace_root = ".";
  std::string workspace_folder = ".";
  std::string package_name;            // as package.json says it
  std::vector<std::string> manifests;  // package.json files of the workspace, from its root
  std::vector<std::string>
      settings;  // .npmrc-like files without secrets that installing reads, from the root
  NodePackageManager manager = NodePackageManager::npm;
  bool has_dependencies = false;        // that the program needs while it runs
  bool has_build_dependencies = false;  // devDependencies
  bool has_native_modules = false;      // some are compiled when they are installed
  bool keeps_tools = false;             // development dependencies run it: they are not taken out
  bool installs_with_source = false;    // a script that runs on install reads the source
  bool generates_prisma = false;        // the database client is generated before the build
  bool next_standalone = false;         // .next/standalone holds all that runs
  bool single_page = false;             // unknown paths are answered with index.html
};

}  // namespace crtune::model
