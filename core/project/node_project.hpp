// What a Node.js project is, read without Node.js.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// Fills in `project` for the folder `root`, whose language is Node.js. Errors: as detect(), and invalid for a
// broken package.json.
base::Status detect_node(base::Files& files, const std::string& root, const DetectOptions& options,
                         model::Project& project);

}  // namespace crtune::project
