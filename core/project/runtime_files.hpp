// Files that a program opens while it runs, so that the image carries them.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_calls.hpp"
#include "core/project/go_evaluator.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Existing files, folders and patterns that `calls` open, looked up from the project's folder and from
// `main_folder`. What //go:embed carries, secrets and what lies outside the folder is left out; the last two
// are told in `project.notes`.
void find_runtime_files(base::Files& files, const std::string& root, const std::vector<GoCall>& calls,
                        GoEvaluator& evaluator, model::Project& project);

}  // namespace crtune::project
