#include "core/secret/mask.hpp"

#include "core/secret/scan.hpp"

#include <algorithm>

namespace crtune::secret {

namespace {

constexpr std::string_view kMask = "***";
// Shorter values stand in other words by chance.
constexpr std::uint64_t kTellingValue = 8;
// How much is searched for repeated values: all of a text of 256 KiB with 1,000 of them, and the time is
// bounded.
constexpr std::uint64_t kMostSearched = 256U << 20U;

struct Range {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

// The places of the hits' values, apart and in order. A scan tells each value once: where it stands again is
// searched for.
std::vector<Range> places(std::string_view text, std::span<const model::SecretHit> hits) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> found;
  std::uint64_t searched = 0;
  for (const auto& hit : hits) {
    if (hit.offset > text.size() || hit.length > text.size() - hit.offset) continue;
    found.emplace_back(hit.offset, hit.offset + hit.length);
    searched += text.size();
    if (hit.length < kTellingValue || searched > kMostSearched) continue;
    const auto value = text.substr(hit.offset, hit.length);
    for (auto at = text.find(value); at != std::string_view::npos; at = text.find(value, at + value.size()))
      found.emplace_back(at, at + value.size());
  }
  std::sort(found.begin(), found.end());
  std::vector<Range> apart;
  for (const auto& [from, to] : found) {
    if (!apart.empty() && from < apart.back().to)
      apart.back().to = std::max(apart.back().to, to);
    else if (from < to)
      apart.push_back({from, to});
  }
  return apart;
}

// `text`, which begins at `begin` of where the ranges count from, with a mask for each of them.
std::string with_masks(std::string_view text, std::uint64_t begin, std::span<const Range> ranges) {
  std::string out;
  std::uint64_t at = begin;
  const std::uint64_t end = begin + text.size();
  for (const auto& range : ranges) {
    const auto from = std::max(range.from, begin);
    const auto to = std::min(range.to, end);
    if (from >= to) continue;
    out.append(text.substr(at - begin, from - at)).append(kMask);
    at = to;
  }
  return out.append(text.substr(at - begin));
}

}  // namespace

std::string masked(std::string_view text, std::span<const model::SecretHit> hits) {
  return with_masks(text, 0, places(text, hits));
}

std::string masked_words(std::string_view text) {
  return masked(text, scan_words(text, {}));
}

void mask_words(std::vector<std::string>& words) {
  std::string line;
  for (const auto& word : words) line.append(word).append(" ");
  const auto ranges = places(line, scan_words(line, {}));
  std::uint64_t begin = 0;
  auto rest = std::span(ranges);
  for (auto& word : words) {
    const std::uint64_t next = begin + word.size() + 1;
    while (!rest.empty() && rest.front().to <= begin) rest = rest.subspan(1);
    const auto within =
        std::find_if(rest.begin(), rest.end(), [&](const Range& one) { return one.from >= next; });
    word = with_masks(word, begin, rest.first(static_cast<std::size_t>(within - rest.begin())));
    begin = next;
  }
}

}  // namespace crtune::secret
