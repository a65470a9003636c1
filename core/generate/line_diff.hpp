// The difference of two texts, as `diff -u` shows it.
#pragma once

#include <string>
#include <string_view>

namespace crtune::generate {

// A unified diff with three lines of context; empty where the texts are equal. An `old_text` of nullptr is a
// file that does not exist.
std::string unified_diff(const std::string& path, const std::string* old_text, std::string_view new_text);

}  // namespace crtune::generate
