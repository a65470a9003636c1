// The fast search finds all that the simple one finds, at every alignment.
#include "core/secret/anchors.hpp"
#include "core/secret/base64.hpp"
#include "core/secret/prefilter.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>

using namespace crtune::secret;

namespace {

using Positions = std::map<std::size_t, unsigned>;

template <class Find>
Positions all_candidates(std::string_view text, Find find) {
  Positions found;
  Candidates candidates;
  for (std::size_t from = 0; from < text.size();) {
    candidates.count = 0;
    from = find(text, from, candidates);
    for (std::size_t i = 0; i < candidates.count; ++i) found[candidates.positions[i]] = candidates.buckets[i];
  }
  return found;
}

void check_same(std::string_view text) {
  const Positions fast = all_candidates(text, find_candidates);
  for (const auto& [position, bits] : all_candidates(text, find_candidates_portable)) {
    const auto at = fast.find(position);
    REQUIRE(at != fast.end());
    CHECK((at->second & bits) == bits);
  }
}

}  // namespace

TEST_CASE("each anchor is a candidate wherever it stands") {
  REQUIRE(anchors().size() <= 64);
  for (const Anchor& anchor : anchors()) {
    for (std::size_t at = 0; at < 70; ++at) {
      const std::string text = std::string(at, '.') + std::string(anchor.text) + "Aa0";
      const Positions found = all_candidates(text, find_candidates);
      const auto hit = found.find(at + anchor.offset);
      REQUIRE_MESSAGE(hit != found.end(), anchor.text);
      CHECK((hit->second >> anchor.bucket & 1U) == 1U);
    }
  }
}

TEST_CASE("both searches agree") {
  std::mt19937 random(1);
  constexpr std::string_view kLetters = ":/-_.BEGINghpsk_liveAIza09";
  for (int round = 0; round < 200; ++round) {
    std::string text;
    const std::size_t size = random() % 5000;
    while (text.size() < size) text += kLetters[random() % kLetters.size()];
    check_same(text);
  }
  std::string many;
  for (int i = 0; i < 2000; ++i) many += "://a";  // more than one block of candidates
  CHECK(all_candidates(many, find_candidates).size() == 1999 + 1);
}

TEST_CASE("base64 and checksums") {
  CHECK(decode_base64("aGVsbG8=").value() == "hello");
  CHECK(decode_base64("aGVsbG8").value() == "hello");
  CHECK(decode_base64("_-8=").value() == "\xFF\xEF");
  CHECK_FALSE(decode_base64("aGVsb").has_value());
  CHECK_FALSE(decode_base64("aG=sbG8=").has_value());
  CHECK(crc32("123456789") == 0xCBF43926U);
}
