// Path patterns: `*` within one folder, `**` across folders, `?` one character, `[a-z]` one of a set.
#pragma once

#include <string_view>

namespace crtune::base {

// Whether `pattern` matches all of `path`. A leading "/" of either is ignored; a pattern without "/" also
// matches a file of that name in any folder, and one that ends in "/" everything below that folder, as in
// .gitignore.
bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace crtune::base
