// A token that is a prefix and a run of characters.
#pragma once

#include "core/secret/characters.hpp"
#include "core/secret/hits.hpp"

#include <cstddef>
#include <string_view>

namespace crtune::secret {

struct TokenShape {
  Rule rule;
  std::string_view what;
  CharClass body = kAlnum;  // of the characters after the prefix
  std::size_t least = 0;    // how many there are
  std::size_t most = 0;
  double entropy = 3;        // of the body, in bits a character
  CharClass border = kWord;  // what must not follow
  model::Severity severity = model::Severity::error;
};

// The end of the token of this shape whose prefix stands at [begin, end), or 0 where there is none; `looked`
// is how far the text was read.
std::size_t token_end(const Hits& hits, std::size_t begin, std::size_t end, const TokenShape& shape,
                      std::size_t& looked);

// Adds the token where there is one; returns how far the text was read.
std::size_t judge_shape(Hits& hits, std::size_t begin, std::size_t end, const TokenShape& shape);

}  // namespace crtune::secret
