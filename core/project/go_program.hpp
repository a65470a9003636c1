// The packages of a module and of the modules that stand beside it, and which of them a program reaches.
#pragma once

#include "core/base/files.hpp"
#include "core/base/path.hpp"
#include "core/project/go_lexer.hpp"
#include "core/project/go_mod.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

struct GoImport {
  std::string path;
  std::string name;  // as it is called in this file; "_" and "." as written
  std::uint32_t line = 0;
};

struct GoEmbed {
  std::string pattern;  // relative to the package's folder, without "all:"
  std::uint32_t line = 0;
};

// One file that is built for linux/amd64. Tokens are there once the program was loaded whole.
struct GoFile {
  std::string path;  // from the project's folder
  std::unique_ptr<const std::string> source;
  std::vector<GoImport> imports;
  std::vector<GoEmbed> embeds;
  std::vector<GoToken> tokens;
  std::uint32_t package_line = 0;
  bool built_without_cgo = true;

  // The import path behind a name in this file, or empty.
  std::string_view import_path(std::string_view name) const;
};

// A function or method: where its parameters and body stand in its file's tokens.
struct GoFunction {
  std::size_t file = 0;  // index into GoPackage::files
  std::string name;
  bool method = false;
  std::string receiver;  // the type that a method is of
  std::vector<std::string> parameters;
  std::size_t begin = 0;  // first token of the signature
  std::size_t body = 0;   // first token after "{"
  std::size_t end = 0;    // the closing "}"
};

struct GoPackage {
  std::string folder;  // from the project's folder; "." for the root
  std::string import_path;
  std::string name;
  std::vector<GoFile> files;
  bool has_cgo_fallback = false;  // some file is built only where cgo is off
  bool vendored = false;
  bool loaded = false;
  std::vector<GoFunction> functions;

  bool is_main() const { return name == "main"; }
};

// Bounds on hostile trees.
struct TreeLimits {
  std::size_t files = 60'000;
  std::size_t depth = 40;
  std::uint64_t file_bytes = 8U << 20U;
  std::uint64_t total_bytes = 512U << 20U;
};

class GoProgram {
 public:
  // Reads the headers of every package of the module in `root`, of the local modules in `modules` (module
  // path and folder), and of what vendor/ holds. Errors: limit for a tree beyond `limits`; unreadable.
  struct Module {
    std::string path;
    std::string folder;  // from `root`
  };
  static base::Result<GoProgram> load(base::Files& files, std::string root,
                                      const std::vector<Module>& modules,
                                      std::vector<std::string> build_tags = {},
                                      const TreeLimits& limits = {});

  // The same for one more module.
  base::Status add(const Module& module) { return walk(module, module.folder, 0); }

  // Every package by import path, in byte order.
  std::map<std::string, GoPackage, std::less<>>& packages() { return packages_; }
  const std::map<std::string, GoPackage, std::less<>>& packages() const { return packages_; }
  const GoPackage* find(std::string_view import_path) const;

  // `start` and all packages that it imports, also through others; `start` first. Vendored packages come
  // last. They are loaded whole by this call.
  std::vector<const GoPackage*> reach(const std::string& start);

  // Folders that were left out because they are links, and files that could not be read.
  const std::vector<std::string>& skipped() const { return skipped_; }

 private:
  base::Status walk(const Module& module, const std::string& folder, std::size_t depth);
  base::Status add_file(const Module& module, const std::string& folder, const std::string& name);
  std::string full(const std::string& path) const;
  static void load_whole(GoPackage& package);

  base::Files* files_ = nullptr;
  std::string root_;
  TreeLimits limits_;
  std::vector<std::string> build_tags_;
  std::size_t file_count_ = 0;
  std::uint64_t total_bytes_ = 0;
  std::map<std::string, GoPackage, std::less<>> packages_;
  std::vector<std::string> skipped_;
};

using base::join_path;

}  // namespace crtune::project
