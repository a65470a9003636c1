// What a Go module is, read without a Go toolchain.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// Fills in `project` for the folder `root`, whose language is Go. Errors: as detect().
base::Status detect_go(base::Files& files, const std::string& root, const DetectOptions& options,
                       model::Project& project);

}  // namespace crtune::project
