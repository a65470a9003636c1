// Whether a Go program needs a C compiler, and how its C code is linked.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_mod.hpp"
#include "core/project/go_program.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Sets cgo, native and the tags that a static program needs, where a reached package cannot be built, or does
// not work, without a C compiler. What cannot be linked with Debian's libraries is a refusal. A module that
// go.mod requires but nothing reached imports is only a note.
void find_cgo(base::Files& files, const std::string& root, const std::vector<const GoPackage*>& packages,
              const GoMod& mod, model::Project& project);

}  // namespace crtune::project
