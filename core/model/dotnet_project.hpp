// What was found out about a .NET project.
#pragma once

#include <string>

namespace crtune::model {

struct DotnetProject {
  std::string project_file;  // from the project's folder: Shop.Api/Shop.Api.csproj
  std::string assembly;      // the name of what it builds
  std::string version;       // of the target framework: 8.0
  bool trims = false;        // nothing in it looks up types by name, so that unused code can be taken out
};

}  // namespace crtune::model
