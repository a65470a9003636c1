// What a Python project is, read without Python.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// Fills in `project` for the folder `root`, whose language is Python. Errors: as detect(), and invalid for a
// broken pyproject.toml or Pipfile.
base::Status detect_python(base::Files& files, const std::string& root, const DetectOptions& options,
                           model::Project& project);

}  // namespace crtune::project
