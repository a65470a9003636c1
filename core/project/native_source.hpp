// What the source of a chosen native program tells: port, kind, files it opens, how many requests it serves.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/source_program.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Fills port, protocol, framework, kind, concurrency and runtime_files of `project`.
void look_into_source(base::Files& files, const std::string& root, const SourceProgram& program,
                      const std::vector<std::string>& crates, model::Project& project);

// Sets the language of a C or C++ program, in the evidence too: C++ as soon as one of `sources` is.
void set_c_family(const std::vector<std::string>& sources, model::Project& project);

}  // namespace crtune::project
