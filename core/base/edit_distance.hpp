// "Did you mean": the nearest of a closed set of words.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace crtune::base {

// The candidate with the fewest insertions, deletions, replacements and swaps of neighbours away from `word`,
// if that is at most a third of its length (and at least one edit is allowed). The first of equals wins.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace crtune::base
