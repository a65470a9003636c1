// Single members of a JSON object inside another text, where a whole document need not be.
#pragma once

#include <cstddef>
#include <string_view>

namespace crtune::secret {

struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin == end; }
};

// The characters between the quotes of the first member `key` whose value is a string. White space is free,
// and the document may itself stand in a string (quotes as \"). Empty where there is none.
TextRange json_string_member(std::string_view text, std::string_view key);

}  // namespace crtune::secret
