// What a Java project is, read without a JDK.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// Fills in `project` for the folder `root`, whose language is Java. Errors: as detect(), and invalid for a
// broken pom.xml.
base::Status detect_java(base::Files& files, const std::string& root, const DetectOptions& options,
                         model::Project& project);

}  // namespace crtune::project
