// Which packages a package.json asks for, and what for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace crtune::analysis {

struct NodePackages {
  std::vector<std::string> development;  // devDependencies that nothing asks for at run time; sorted
};

// Reads the names alone, in one pass over the text; text that is no JSON gives none. Source:
// docs.npmjs.com, package.json.
NodePackages read_node_packages(std::string_view text);

}  // namespace crtune::analysis
