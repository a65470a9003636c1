// What the build of a Go program needs beside its source, as plain data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::model {

// C code that a Go program is linked with.
struct NativeCode {
  bool dynamic = false;                     // shared libraries are needed while it runs
  bool cxx = false;                         // C++ is among it
  std::string reason;                       // why dynamic, a sentence without its end
  std::vector<std::string> build_packages;  // Debian packages with headers and libraries
  std::vector<std::string> run_packages;    // Debian packages with shared libraries
};

// A string variable of the program that the linker sets: -X symbol=value. In `value` ${NAME} stands for an
// argument of the build.
struct LinkVariable {
  std::string symbol;
  std::string value;
};

// `ARG name=initial` of the Dockerfile.
struct BuildArgument {
  std::string name;
  std::string initial;  // empty: none
};

// A folder that a front-end build makes, which //go:embed takes in.
struct FrontEnd {
  std::string folder = {};               // that holds package.json, from the project's folder
  std::string output = {};               // the embedded folder, likewise
  std::string manager = {};              // npm, pnpm, yarn, yarn-berry or bun
  std::string lock_file = {};            // beside package.json; empty where there is none
  std::string version = {};              // of node, as the project names it; empty where it does not
  std::vector<std::string> extras = {};  // files beside package.json that installing reads
};

// A module of the same repository: one that go.mod replaces a dependency with, or a member of the workspace.
struct LocalModule {
  std::string path;    // its module path
  std::string folder;  // relative to the project's folder: lib, ../lib
  bool has_sum = false;
};

// The go.work that the build needs, because a module that the program uses is known by it alone.
struct Workspace {
  std::string folder;  // that holds go.work, from the project's folder: "." or ".."
  bool has_sum = false;
  std::vector<LocalModule> members;  // all of them but the project itself
};

}  // namespace crtune::model
