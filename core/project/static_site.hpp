// A folder with index.html and no build.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// Fills in `project` for the folder `root`. Errors: as detect().
base::Status detect_static_site(base::Files& files, const std::string& root, const DetectOptions& options,
                                model::Project& project);

}  // namespace crtune::project
