// Detection of C, C++ and Rust projects.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// A folder with CMakeLists.txt, meson.build or a Makefile. Errors as detect().
base::Status detect_cpp(base::Files& files, const std::string& root, const DetectOptions& options,
                        model::Project& project);
// A folder with Cargo.toml. Errors as detect(), and what is wrong with the TOML.
base::Status detect_rust(base::Files& files, const std::string& root, const DetectOptions& options,
                         model::Project& project);

// The parts of detect_cpp.
base::Status detect_cmake(base::Files& files, const std::string& root, const DetectOptions& options,
                          model::Project& project);
base::Status detect_meson(base::Files& files, const std::string& root, const DetectOptions& options,
                          model::Project& project);

}  // namespace crtune::project
