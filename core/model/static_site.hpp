// A folder of files for browsers that nothing has to build.
#pragma once

#include <string>
#include <vector>

namespace crtune::model {

struct StaticSite {
  std::string folder = ".";          // that is served, from the project's folder
  std::vector<std::string> files;    // at the top of it
  std::vector<std::string> folders;  // likewise
};

}  // namespace crtune::model
