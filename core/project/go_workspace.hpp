// go.work: which modules of a repository see each other.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_program.hpp"

#include <optional>
#include <string>

namespace crtune::project {

struct GoWorkspace {
  model::Workspace found;
  std::string file;  // go.work from the project's folder
  std::string go;    // its go line
  std::uint64_t go_line = 0;
};

// The go.work in the project's folder or above it that uses the project; nothing where there is none.
std::optional<GoWorkspace> find_workspace(base::Files& files, const std::string& root);

// Loads the members that the program imports and go.mod does not replace, also through others. Where there
// are any, the project is built in the workspace: sets project.workspace and local_modules. Errors: those of
// GoProgram::add.
base::Status add_workspace_modules(const GoWorkspace& workspace, GoProgram& program, model::Project& project);

}  // namespace crtune::project
