// The files at the root of a Go module: go.mod, go.sum, vendor/, version files, the modules beside it.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_mod.hpp"

#include <string>

namespace crtune::project {

// Reads go.mod of `root` and fills module, version, go_line, has_sum, vendored and local_modules. What stands
// in the way (a workspace, a replacement that is missing) becomes the refusal. Errors: those of reading.
base::Result<GoMod> read_go_module(base::Files& files, const std::string& root, model::Project& project);

}  // namespace crtune::project
