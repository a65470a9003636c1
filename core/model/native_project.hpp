// What the build of a C, C++ or Rust program needs, as plain data.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace crtune::model {

// How the program is linked, and why it cannot be static.
struct Linking {
  bool dynamic = false;
  std::string reason;  // of dynamic: the dependency, a sentence's end
};

struct NativeProject {
  enum class Build : std::uint8_t { cmake, meson };

  Build build = Build::cmake;
  std::string target;                    // of the build: what is asked of it
  std::string file_name;                 // of the program that it makes
  std::string preset;                    // of CMakePresets.json, or empty
  bool cxx = true;                       // C++ is among the languages
  bool downloads = false;                // the build fetches sources by itself
  std::string package_manager;           // vcpkg, conan, or empty
  std::vector<std::string> packages;     // Debian's, for the build
  std::vector<std::string> definitions;  // NAME=VALUE for the build
  std::string newer_system;              // why Debian 12's tools are too old; empty: they are not
  Linking linking;
};

struct RustProject {
  std::string package;
  std::string binary;
  bool has_lock = false;
  std::string image_version;  // of the official image: 1.85, or 1 for the newest
  std::string image_reason;
  std::vector<std::string> packages;                                 // Debian's, for the build
  std::vector<std::pair<std::string, std::string>> build_variables;  // for crates that build C code
  std::vector<std::pair<std::string, std::string>> profile;          // CARGO_PROFILE_RELEASE_*, where unset
  std::vector<std::pair<std::string, std::string>> run_variables;    // what the program must be told
  Linking linking;
};

}  // namespace crtune::model
