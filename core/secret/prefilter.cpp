#include "core/secret/prefilter.hpp"

#include "core/secret/anchors.hpp"
#include "core/secret/characters.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace crtune::secret {
namespace {

struct Tables {
  std::array<std::array<std::uint8_t, 256>, kWindow> whole = {};
  alignas(16) std::array<std::array<std::uint8_t, 16>, kWindow> low = {};
  alignas(16) std::array<std::array<std::uint8_t, 16>, kWindow> high = {};

  void allow(std::size_t place, unsigned char byte, std::uint8_t bit) {
    whole[place][byte] |= bit;
    low[place][byte & 15] |= bit;
    high[place][byte >> 4] |= bit;
  }
};

Tables make_tables() {
  Tables tables;
  for (const Anchor& anchor : anchors()) {
    const auto bit = static_cast<std::uint8_t>(1U << anchor.bucket);
    for (std::size_t place = 0; place < kWindow; ++place) {
      const std::size_t at = anchor.offset + place;
      if (at < anchor.text.size()) {
        tables.allow(place, static_cast<unsigned char>(anchor.text[at]), bit);
        continue;
      }
      for (unsigned byte = 0; byte < 256; ++byte)
        if (is(static_cast<char>(byte), anchor.after))
          tables.allow(place, static_cast<unsigned char>(byte), bit);
    }
  }
  return tables;
}

const Tables& tables() {
  static const Tables made = make_tables();
  return made;
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] __m256i load_table(const std::array<std::uint8_t, 16>& table) {
  const void* address = table.data();
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(static_cast<const __m128i*>(address)));
}

[[gnu::target("avx2")]] inline __m256i matches(const char* at, __m256i low, __m256i high) {
  const void* address = at;
  const __m256i nibble = _mm256_set1_epi8(15);
  const __m256i bytes = _mm256_loadu_si256(static_cast<const __m256i*>(address));
  const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
  return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
                          _mm256_shuffle_epi8(high, upper));
}

[[gnu::target("avx2")]] std::size_t find_with_avx2(std::string_view text, std::size_t from, Candidates& out) {
  constexpr std::size_t kWidth = 32;
  const Tables& t = tables();
  const __m256i low0 = load_table(t.low[0]), high0 = load_table(t.high[0]);
  const __m256i low1 = load_table(t.low[1]), high1 = load_table(t.high[1]);
  const __m256i low2 = load_table(t.low[2]), high2 = load_table(t.high[2]);
  const __m256i low3 = load_table(t.low[3]), high3 = load_table(t.high[3]);
  const __m256i zero = _mm256_setzero_si256();
  for (; from + kWidth + kWindow - 1 <= text.size(); from += kWidth) {
    const char* at = text.data() + from;
    const __m256i first = _mm256_and_si256(matches(at, low0, high0), matches(at + 1, low1, high1));
    const __m256i second = _mm256_and_si256(matches(at + 2, low2, high2), matches(at + 3, low3, high3));
    const __m256i both = _mm256_and_si256(first, second);
    auto mask = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, zero)));
    if (mask == 0) continue;
    if (out.count + kWidth > Candidates::kRoom) return from;
    alignas(32) std::array<std::uint8_t, kWidth> bits;
    void* address = bits.data();
    _mm256_store_si256(static_cast<__m256i*>(address), both);
    for (; mask != 0; mask &= mask - 1) {
      const auto index = static_cast<std::size_t>(__builtin_ctz(mask));
      out.add(from + index, bits[index]);
    }
  }
  return find_candidates_portable(text, from, out);
}
#endif

}  // namespace

std::size_t find_candidates_portable(std::string_view text, std::size_t from, Candidates& out) {
  const Tables& t = tables();
  for (; from + kWindow <= text.size(); ++from) {
    const auto byte = [&](std::size_t place) { return static_cast<unsigned char>(text[from + place]); };
    auto bits = static_cast<std::uint8_t>(t.whole[0][byte(0)] & t.whole[1][byte(1)]);
    if (bits == 0) continue;
    bits = static_cast<std::uint8_t>(bits & t.whole[2][byte(2)] & t.whole[3][byte(3)]);
    if (bits == 0) continue;
    if (out.count == Candidates::kRoom) return from;
    out.add(from, bits);
  }
  return text.size();
}

std::size_t find_candidates(std::string_view text, std::size_t from, Candidates& out) {
#if defined(__x86_64__)
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) return find_with_avx2(text, from, out);
#endif
  return find_candidates_portable(text, from, out);
}

}  // namespace crtune::secret
