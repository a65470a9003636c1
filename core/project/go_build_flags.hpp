// How a project builds its program itself: -X flags and tags in its Makefile or GoReleaser file.
#pragma once

#include "core/base/files.hpp"
#include "core/model/project.hpp"
#include "core/project/go_program.hpp"

#include <string>
#include <vector>

namespace crtune::project {

// Fills build_tags, with evidence. Tags of tests and of linking are left out.
void find_build_tags(base::Files& files, const std::string& root, model::Project& project);

// Fills link_variables and build_arguments with what sets a variable of a package in `reached`, with
// evidence.
void find_link_variables(base::Files& files, const std::string& root,
                         const std::vector<const GoPackage*>& reached, model::Project& project);

}  // namespace crtune::project
