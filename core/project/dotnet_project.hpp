// What a .NET project is, read without the SDK.
#pragma once

#include "core/project/detect.hpp"

namespace crtune::project {

// The project or solution file of .NET in the folder, or empty.
std::string dotnet_marker(base::Files& files, const std::string& root);

// Fills in `project` for the folder `root`, whose language is C# or F#. Errors: as detect(), and invalid for
// a broken project file.
base::Status detect_dotnet(base::Files& files, const std::string& root, const DetectOptions& options,
                           model::Project& project);

}  // namespace crtune::project
