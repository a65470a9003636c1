// The strings that candidates begin with, and what judges each.
#pragma once

#include "core/secret/characters.hpp"
#include "core/secret/hits.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace crtune::secret {

// Judges the candidate whose anchor stands at [begin, end), and adds what it finds. Looks a bounded way back;
// returns how far it looked ahead. The same anchor is not judged again before that place, so that all of a
// text's candidates together take linear time.
using Judge = std::size_t (*)(Hits& hits, std::size_t begin, std::size_t end);

struct Anchor {
  std::string_view text;
  std::uint8_t offset;  // in `text`, of the four bytes that the prefilter looks for
  std::uint8_t bucket;  // of the prefilter, 0 to 7: anchors with alike bytes share one
  CharClass after;      // where `text` ends before the four bytes do: what must stand next
  bool in_binaries;
  Judge judge;
};

// Sorted by bucket; at most 64.
std::span<const Anchor> anchors();

}  // namespace crtune::secret
