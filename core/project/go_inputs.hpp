// What of a module's folder its build reads.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_program.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Sets build_inputs: go.mod and go.sum, the folders with Go packages, embedded files, vendor/, files for run
// time, local modules. Stays empty where C code of the module may include what no Go file names.
void find_build_inputs(base::Files& files, const std::string& root, const GoProgram& program,
                       const std::vector<const GoPackage*>& reached, model::Project& project);

}  // namespace crtune::project
