#include "core/secret/mask.hpp"

#include "core/secret/scan.hpp"

#include <algorithm>

namespace crtune::secret {

namespace {

constexpr std::string_view kMask = "***";

}  // namespace

std::string masked(std::string_view text, std::span<const model::SecretHit> hits) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const auto& hit : hits)
    if (hit.offset <= text.size() && hit.length <= text.size() - hit.offset)
      ranges.emplace_back(hit.offset, hit.offset + hit.length);
  std::sort(ranges.begin(), ranges.end());
  std::string out;
  std::uint64_t at = 0;
  for (const auto& [from, to] : ranges) {
    if (to <= at) continue;
    if (from >= at) out.append(text.substr(at, from - at)).append(kMask);
    at = to;
  }
  return out.append(text.substr(at));
}

std::string masked_words(std::string_view text) {
  return masked(text, scan_words(text, {}));
}

void mask_words(std::vector<std::string>& words) {
  std::string line;
  std::vector<std::size_t> begins;
  for (const auto& word : words) {
    begins.push_back(line.size());
    line.append(word).append(" ");
  }
  const auto hits = scan_words(line, {});
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::vector<model::SecretHit> inside;
    for (auto hit : hits) {
      const std::uint64_t begin = begins[i];
      const std::uint64_t end = begin + words[i].size();
      const std::uint64_t from = std::max<std::uint64_t>(hit.offset, begin);
      const std::uint64_t to = std::min<std::uint64_t>(hit.offset + hit.length, end);
      if (from >= to) continue;
      hit.offset = from - begin;
      hit.length = to - from;
      inside.push_back(std::move(hit));
    }
    words[i] = masked(words[i], inside);
  }
}

}  // namespace crtune::secret
