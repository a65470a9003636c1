// What the meson.build files of a tree say, read without running Meson.
#pragma once

#include "core/base/files.hpp"

#include <string>
#include <vector>

namespace crtune::project {

struct MesonTarget {
  std::string name;
  std::string variable;  // that holds it
  bool executable = true;
  bool shared = false;
  bool installed = false;
  bool tested = false;
  std::vector<std::string> sources;       // from the project's folder
  std::vector<std::string> links;         // variables of libraries it links
  std::vector<std::string> dependencies;  // variables, or names given to dependency()
  std::string folder;
  std::string file;
  std::uint64_t line = 0;
};

struct MesonDependency {
  std::string name;
  std::string variable;
  bool required = true;
  std::string file;
  std::uint64_t line = 0;
};

struct MesonBuild {
  std::string project;
  std::uint64_t project_line = 0;
  std::vector<std::string> languages;
  std::string standard;  // of default_options: c++20 → 20
  std::vector<MesonTarget> targets;
  std::vector<MesonDependency> dependencies;
};

// Reads meson.build in `root` and the folders it enters by subdir(), at most 500 files. Conditions are not
// evaluated: what stands in any branch counts. Errors: of reading the first file.
base::Result<MesonBuild> read_meson(base::Files& files, const std::string& root);

}  // namespace crtune::project
