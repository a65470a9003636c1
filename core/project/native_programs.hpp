// Which of the programs that a C, C++ or Rust project builds is the service.
#pragma once

#include "core/model/project.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

struct NativeProgram {
  std::string name;  // as the build knows it
  std::string file;  // where the build says so
  std::uint64_t line = 0;
  bool preferred = false;  // installed, or run by default
  bool side = false;       // a test, an example, a benchmark, a tool of the build
};

// Says that the project is a library; its programs, if there are any, become the choices.
void refuse_library(const std::vector<NativeProgram>& programs, std::string_view what,
                    model::Project& project);

// Sets Project::main and returns its number, or sets refusal, choices and kind. `named` is the project's own
// name; `serves` tells whether a program listens, and is asked only where the names do not decide.
std::optional<std::size_t> choose_program(const std::vector<NativeProgram>& programs,
                                          const std::optional<std::string>& wanted, std::string_view named,
                                          const std::function<bool(std::size_t)>& serves,
                                          model::Project& project);

// Whether a folder or a name is that of tests, examples, benchmarks or of another project's copy.
bool is_side_path(std::string_view path);
bool is_side_name(std::string_view name);

}  // namespace crtune::project
