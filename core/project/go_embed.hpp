// What //go:embed takes into a program, and the front-end builds that make it.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_program.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Adds the source of `packages` and the files that they embed to kept_files. A pattern that matches nothing
// is a front end where a package.json stands in a folder above it, else a note.
void find_embedded(base::Files& files, const std::string& root, const std::vector<const GoPackage*>& packages,
                   model::Project& project);

}  // namespace crtune::project
