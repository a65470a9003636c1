// Which of a module's main packages is the service.
#pragma once

#include "core/model/project.hpp"
#include "core/project/go_mod.hpp"
#include "core/project/go_program.hpp"

#include <optional>
#include <string>

namespace crtune::project {

// Sets project.main, or project.choices and a refusal where the source leaves it open, or the kind library
// where there is no main package. `wanted` is the user's word: a folder such as ./cmd/x, or a file in it.
// A word that names none is a refusal with choices.
void choose_main(GoProgram& program, const GoMod& mod, const std::optional<std::string>& wanted,
                 model::Project& project);

// Whether a folder holds examples, tools or tests: programs that are not deployed unless there is nothing
// else.
bool is_side_folder(const std::string& folder);

// "." and "./cmd/x": a folder as the go command is given it.
std::string package_argument(const std::string& folder);

}  // namespace crtune::project
