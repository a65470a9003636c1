// Finds the few places in a text where a secret may begin, at the speed of memory.
//
// Four neighbouring bytes are looked up at once in tables of the bytes that anchors have at these places;
// eight buckets of anchors are told apart by a bit each. With AVX2 the tables are looked up by half bytes, 32
// positions at a time (the idea of "Teddy" in Intel's Hyperscan: Wang and others, NSDI 2019), so a bucket
// lets some strings pass that no anchor has; each candidate is compared with the anchors afterwards.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crtune::secret {

constexpr std::size_t kWindow = 4;

struct Candidates {
  static constexpr std::size_t kRoom = 256;
  std::array<std::size_t, kRoom> positions = {};
  std::array<std::uint8_t, kRoom> buckets = {};  // a bit for each bucket that may match there
  std::size_t count = 0;

  void add(std::size_t position, std::uint8_t bits) {
    positions[count] = position;
    buckets[count++] = bits;
  }
};

// Fills `out` with candidates at or after `from`, in order, and returns where to go on; text.size() at the
// end.
std::size_t find_candidates(std::string_view text, std::size_t from, Candidates& out);

// The same by table only, for processors without AVX2.
std::size_t find_candidates_portable(std::string_view text, std::size_t from, Candidates& out);

}  // namespace crtune::secret
