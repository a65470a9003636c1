// Folders whose names tell what is in them: caches, tools, documents, sources.
#pragma once

#include "core/model/image.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::analysis {

// What a file is there for, where that is not to run. One a file.
enum class Clutter : std::uint8_t {
  none,
  // package managers' caches and lists
  apt_lists,
  apt_archives,
  apt_indexes,
  apk_cache,
  rpm_cache,
  pacman_cache,
  pip_cache,
  npm_cache,
  yarn_cache,
  pnpm_store,
  web_build_cache,
  go_build_cache,
  compiler_cache,
  composer_cache,
  gem_cache,
  conda_packages,
  // modules that a build read
  go_modules,
  cargo_registry,
  maven_repository,
  gradle_caches,
  nuget_packages,
  // tools that build
  compilers,
  go_toolchain,
  rust_toolchain,
  jdk_parts,
  dotnet_sdk,
  development_files,
  // what was built from
  sources,
  build_products,
  version_control,
  // what helps people
  tests,
  package_tests,
  documents,
  locales,
  // packages for development
  node_development,
  php_development,
  python_development,
  python_installers,
  // left behind
  logs,
  core_dumps,
  editor_files,
  temporary_files,
};
inline constexpr std::size_t kClutters = static_cast<std::size_t>(Clutter::temporary_files) + 1;

// What is known of a folder beside that; a set of bits.
enum FolderMark : std::uint32_t {
  mark_programs = 1U << 0U,       // bin, sbin
  mark_app = 1U << 1U,            // the user's own files may be here
  mark_system = 1U << 2U,         // the distribution's are
  mark_locales = 1U << 3U,        // one folder a language
  mark_node_modules = 1U << 4U,   // its children are packages
  mark_node_scope = 1U << 5U,     // an @scope in it
  mark_pnpm = 1U << 6U,           // pnpm's folder in it, NAME@VERSION
  mark_site_packages = 1U << 7U,  // Python's packages
  mark_in_python = 1U << 8U,      // below them
  mark_in_packages = 1U << 9U,    // below packages of any kind
  mark_vendor = 1U << 10U,        // Composer's packages
  mark_go = 1U << 11U,            // at or below a go.mod; likewise the next ones
  mark_cargo = 1U << 12U,
  mark_java = 1U << 13U,
  mark_c = 1U << 14U,
  mark_csharp = 1U << 15U,
  mark_node = 1U << 16U,
  mark_ruby = 1U << 17U,
  mark_project = 1U << 18U,     // at or below any such file
  mark_typescript = 1U << 19U,  // at or below a tsconfig.json with its output beside it
  mark_cargo_root = 1U << 20U,  // a Cargo.toml is in this folder itself
  mark_cargo_target = 1U << 21U,
};

// Finds them step by step, as a walk goes down. Sources of the places: the package managers' manuals and
// defaults; of documents and locales: the list by which debian:*-slim leaves files out, whose copyright files
// and language tables stay.
class KnownFolders {
 public:
  // Places that the configuration's environment names (GOPATH, CARGO_HOME, …) are known as well.
  explicit KnownFolders(const model::ImageConfig& config);

  // Where a walk stands: in the tree of absolute places, and in that of places that count anywhere.
  struct Spot {
    std::uint16_t absolute = 0;
    std::uint16_t anywhere = 0;
  };
  struct Step {
    Spot spot;
    Clutter clutter = Clutter::none;
    std::uint32_t set = 0;    // marks that begin here
    std::uint32_t clear = 0;  // marks that end here
  };
  Spot root() const { return {kAbsoluteRoot, 0}; }
  Step enter(Spot from, std::string_view name) const;

 private:
  static constexpr std::uint16_t kAbsoluteRoot = 1;
  static constexpr std::uint16_t kAnywhereRoot = 2;

  struct Node {
    std::vector<std::pair<std::string, std::uint16_t>> names;
    std::vector<std::pair<std::string, std::uint16_t>> beginnings;
    std::uint16_t any = 0;
    Clutter clutter = Clutter::none;
    std::uint32_t set = 0;
    std::uint32_t clear = 0;
  };

  Node& node_of(std::string_view pattern);
  std::uint16_t child_of(std::uint16_t node, std::string_view component);
  std::uint16_t find(std::uint16_t node, std::string_view name) const;
  void add(std::string_view pattern, Clutter clutter);
  void mark(std::string_view pattern, std::uint32_t set, std::uint32_t clear);
  void add_environment(const model::ImageConfig& config);

  std::vector<Node> nodes_;
};

}  // namespace crtune::analysis
