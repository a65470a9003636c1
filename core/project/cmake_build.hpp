// What the CMakeLists.txt files of a tree say, read without running CMake.
#pragma once

#include "core/base/files.hpp"

#include <map>
#include <string>
#include <vector>

namespace crtune::project {

struct CMakeTarget {
  enum class Kind : std::uint8_t { executable, library, interface };

  std::string name;
  Kind kind = Kind::executable;
  std::string output_name;           // the file's name, where it differs from the target's
  std::vector<std::string> sources;  // from the project's folder
  std::vector<std::string> links;    // as written
  std::vector<std::string> include_folders;
  bool shared = false;  // add_library(… SHARED)
  bool installed = false;
  bool tested = false;    // add_test or a framework of tests runs it
  bool excluded = false;  // EXCLUDE_FROM_ALL
  std::string folder;     // of its CMakeLists.txt
  std::string file;
  std::uint64_t line = 0;
};

// A package that the build looks for on the system.
struct CMakePackage {
  std::string name;         // as find_package or pkg-config know it
  bool pkg_config = false;  // asked for by pkg_check_modules or pkg_search_module
  bool required = false;
  std::vector<std::string> components;
  std::string file;
  std::uint64_t line = 0;
};

struct CMakeBuild {
  std::string project;  // of the first project()
  std::string minimum;  // cmake_minimum_required
  std::string file;     // of both
  std::uint64_t project_line = 0;
  std::uint64_t minimum_line = 0;
  std::string standard;  // the highest C++ standard asked for: 20
  std::uint64_t standard_line = 0;
  std::string standard_file;
  bool uses_cxx = false;  // C++ is among the languages
  std::vector<CMakeTarget> targets;
  std::map<std::string, std::string> aliases;  // add_library(app::core ALIAS core)
  std::vector<CMakePackage> packages;
  std::vector<CMakePackage> fetched;       // FetchContent, ExternalProject, CPM: downloaded by the build
  std::vector<std::string> off_options;    // options for tests, examples, benchmarks that would be on
  std::vector<std::string> missing_files;  // folders or files of the tree that are named and not there
  bool cut_short = false;                  // a limit was reached
};

// Reads CMakeLists.txt in `root` and what it includes and adds. `cache` holds variables given from outside,
// as a preset does. Tests are switched off, the system is Linux with GCC. At most 200,000 commands.
base::Result<CMakeBuild> read_cmake(base::Files& files, const std::string& root,
                                    const std::map<std::string, std::string>& cache);

}  // namespace crtune::project
