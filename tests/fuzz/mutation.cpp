#include "tests/fuzz/mutation.hpp"

#include <algorithm>
#include <array>

namespace crtune::fuzz {

namespace {

constexpr std::size_t kLongestPiece = 600;
constexpr std::size_t kLongestInput = 64U << 10U;

// Where code that counts goes wrong.
constexpr std::array<std::uint64_t, 16> kEdges = {0,
                                                  1,
                                                  0x7F,
                                                  0x80,
                                                  0xFF,
                                                  0x7FFF,
                                                  0x8000,
                                                  0xFFFF,
                                                  0x7FFF'FFFF,
                                                  0x8000'0000,
                                                  0xFFFF'FFFF,
                                                  0x1'0000'0000,
                                                  0x7FFF'FFFF'FFFF'FFFF,
                                                  0x8000'0000'0000'0000,
                                                  0xFFFF'FFFF'FFFF'FFF0,
                                                  0xFFFF'FFFF'FFFF'FFFF};
// The same for numbers that are written out.
constexpr std::array<std::string_view, 8> kWrittenEdges = {
    "0",     "-1", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551616",
    "1e999", "08"};

void set_number(std::string& bytes, std::size_t at, Random& random) {
  const std::uint64_t value = kEdges[random.below(kEdges.size())];
  const std::size_t width = std::size_t{1} << random.below(4);
  const bool big_endian = random.below(2) == 1;
  for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i) {
    const std::size_t place = big_endian ? width - 1 - i : i;
    bytes[at + i] = static_cast<char>(value >> (8 * place) & 0xFFU);
  }
}

void set_written_number(std::string& bytes, std::size_t at, Random& random) {
  const auto digit = bytes.find_first_of("0123456789", at);
  if (digit == std::string::npos) return;
  const auto end = std::min(bytes.find_first_not_of("0123456789", digit), bytes.size());
  bytes.replace(digit, end - digit, kWrittenEdges[random.below(kWrittenEdges.size())]);
}

std::string piece_of(const std::string& bytes, Random& random) {
  const std::size_t from = random.below(bytes.size() + 1);
  return bytes.substr(from, random.below(kLongestPiece) + 1);
}

void change(std::string& bytes, const std::vector<std::string>& others, Random& random) {
  const std::size_t at = random.below(bytes.size() + 1);
  switch (random.below(9)) {
    case 0:
    case 1:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8)));
      break;
    case 2:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random.next() & 0xFFU);
      break;
    case 3: set_number(bytes, at, random); break;
    case 4: set_written_number(bytes, at, random); break;
    case 5: bytes.erase(at, random.below(kLongestPiece) + 1); break;
    case 6: bytes.insert(at, piece_of(bytes, random)); break;
    case 7: bytes.insert(at, piece_of(others[random.below(others.size())], random)); break;
    default: {
      const std::string piece = piece_of(others[random.below(others.size())], random);
      bytes.replace(at, piece.size(), piece);
      break;
    }
  }
}

}  // namespace

std::string mutated(const std::string& seed, const std::vector<std::string>& others, std::uint64_t number,
                    std::uint64_t count) {
  const std::uint64_t cuts = std::min<std::uint64_t>(count / 4, seed.size());
  if (number < cuts) return seed.substr(0, static_cast<std::size_t>(number * seed.size() / cuts));
  Random random(0x9E37'79B9'7F4A'7C15 * (number + 1) + seed.size());
  std::string bytes = seed;
  for (std::size_t steps = 1 + random.below(4); steps > 0; --steps) change(bytes, others, random);
  if (bytes.size() > kLongestInput) bytes.resize(kLongestInput);
  return bytes;
}

}  // namespace crtune::fuzz
