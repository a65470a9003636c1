// Modules that no public proxy has.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_mod.hpp"

#include <string>

namespace crtune::project {

// Sets private_modules, with evidence: a GOPRIVATE in a build file, where go.mod requires a module that it
// names; or modules of the host that this module is on, where that host's name is one of a private server.
void find_private_modules(base::Files& files, const std::string& root, const GoMod& mod,
                          model::Project& project);

}  // namespace crtune::project
