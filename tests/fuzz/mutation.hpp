// Changes to an input that are the same in every run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::fuzz {

// xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed == 0 ? 1 : seed) {}
  std::uint64_t next() {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 7U;
    state_ ^= state_ << 17U;
    return state_;
  }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

// The `number`th change of `seed`, of `count` in all: the first quarter cuts it at places spread evenly, the
// rest flips bits, sets bytes and numbers to edges, and moves, repeats, removes or takes pieces of `others`.
std::string mutated(const std::string& seed, const std::vector<std::string>& others, std::uint64_t number,
                    std::uint64_t count);

}  // namespace crtune::fuzz
