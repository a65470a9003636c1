// Paths and patterns of a program's source, looked up among the project's files.
#pragma once

#include "core/base/files.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

// The files and folders of `root` that `pattern` names, as path.Match does folder by folder; a plain path is
// itself, if it exists. Links are left out. Sorted; at most 2,000.
std::vector<std::string> expand_pattern(base::Files& files, const std::string& root,
                                        std::string_view pattern);

// The regular files at or below `path`, at most `limit`; links and hidden folders of tools are left out.
std::vector<std::string> files_below(base::Files& files, const std::string& root, const std::string& path,
                                     std::size_t limit);

// Whether `pattern` has `*`, `?` or `[`.
bool is_pattern(std::string_view pattern);

// A file that holds secrets by its name: .env, keys, credentials. They never go into an image.
bool is_secret_name(std::string_view path);

}  // namespace crtune::project
