// Walks through CMakeLists.txt files as CMake does, as far as targets and packages ask for it.
#pragma once

#include "core/base/files.hpp"
#include "core/project/cmake_build.hpp"
#include "core/project/cmake_scope.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

class CMakeInterpreter {
 public:
  using Words = std::vector<std::string>;

  CMakeInterpreter(base::Files& files, std::string root, const std::map<std::string, std::string>& cache);

  base::Result<CMakeBuild> run();

 private:
  struct Script {
    std::string path;  // from the project's folder
    std::vector<CMakeCommand> commands;
    std::vector<std::size_t> next;  // of an opener the next part of its block: else, endif, endforeach …
  };
  struct Routine {
    std::shared_ptr<const Script> script;
    std::size_t begin = 0;
    std::size_t end = 0;
    Words parameters;
    bool function = false;  // else a macro, which has no scope of its own
  };
  // Where a command stands.
  struct Here {
    const Script& script;
    const CMakeCommand& command;
  };
  enum class Flow : std::uint8_t { on, leave_loop, leave };

  // cmake_interpreter.cpp: files, blocks, loops, functions.
  std::shared_ptr<const Script> load(const std::string& path);
  Flow run_script(const std::shared_ptr<const Script>& script, std::size_t begin, std::size_t end);
  Flow run_if(const std::shared_ptr<const Script>& script, std::size_t& at);
  Flow run_foreach(const std::shared_ptr<const Script>& script, std::size_t at);
  void define(const std::shared_ptr<const Script>& script, std::size_t at);
  void call(const Routine& routine, const Words& words);
  void execute(const Here& here, const Words& words);
  void add_subdirectory(const Here& here, const Words& words);
  void include(const Words& words);
  void run_folder(const std::string& folder);

  // cmake_values.cpp: variables, lists, texts, files.
  bool value_command(const Here& here, const Words& words);
  void set(const Words& words);
  void option(const Words& words);
  void list(const Words& words);
  void string(const Words& words);
  void glob(const Words& words);
  void filename_component(const Words& words);

  // cmake_targets.cpp: targets, packages.
  void target_command(const Here& here, const Words& words);
  void project_command(const Here& here, const Words& words);
  void add_target(const Here& here, const Words& words, CMakeTarget::Kind kind);
  void set_property(const Words& names, const Words& values);
  void install(const Words& words);
  void find_package(const Here& here, const Words& words);
  void pkg_config(const Here& here, const Words& words);
  void fetch(const Here& here, const Words& words);
  void standard(const Here& here, std::string_view text);
  CMakeTarget* target(std::string_view name);
  std::string in_tree(std::string_view path, const std::string& folder) const;

  base::Files& files_;
  std::string root_;
  CMakeScopes scopes_;
  std::map<std::string, Routine> routines_;
  CMakeBuild build_;
  std::map<std::string, std::size_t, std::less<>> target_index_;
  std::vector<std::string> target_names_;
  std::vector<std::string> include_folders_;
  std::map<std::string, std::shared_ptr<const Script>> scripts_;
  std::size_t commands_ = 0;
  std::size_t depth_ = 0;
  std::size_t globs_ = 0;
};

}  // namespace crtune::project
