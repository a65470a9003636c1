// The files that say how a Python project is installed.
// Sources: the Python packaging guide, the documentation of pip, uv, Poetry and Pipenv.
#pragma once

#include "core/model/project.hpp"
#include "core/project/detect.hpp"
#include "core/project/script_tree.hpp"

#include <string_view>

namespace crtune::project {

// Fills manager, manifests, is_locked and packages, and the project's module, version and version_source.
// Errors: invalid and limit, with the place, for a broken pyproject.toml or Pipfile.
base::Status read_python_manifests(const ScriptTree& tree, const DetectOptions& options,
                                   model::Project& project);

// Whether the project asks for the package.
bool needs_package(const model::PythonProject& python, std::string_view name);

}  // namespace crtune::project
