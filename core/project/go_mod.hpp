// go.mod and go.work.
// Source: https://go.dev/ref/mod, "go.mod files" and "Workspaces".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

struct GoRequire {
  std::string path;
  std::string version;
  bool indirect = false;
  std::uint64_t line = 0;
};

struct GoReplace {
  std::string old_path;
  std::string new_path;  // starts with ./ or ../ or / where it is a folder
  std::uint64_t line = 0;

  bool is_local() const {
    return new_path.starts_with("./") || new_path.starts_with("../") || new_path == "." || new_path == ".." ||
           new_path.starts_with("/");
  }
};

// What either file says. Lines that are not understood are skipped: a newer Go may have more of them.
struct GoMod {
  std::string module;
  std::uint64_t module_line = 0;
  std::string go;         // 1.24, 1.24.3; empty where there is no go line
  std::string toolchain;  // 1.26.8, without "go" and without a -suffix; empty for "default"
  std::uint64_t go_line = 0;
  std::uint64_t toolchain_line = 0;
  std::vector<GoRequire> requires_modules;
  std::vector<GoReplace> replaces;
  std::vector<std::string> uses;  // of go.work
};

GoMod parse_go_mod(std::string_view text);

}  // namespace crtune::project
