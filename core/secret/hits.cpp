#include "core/secret/hits.hpp"

#include "core/secret/fingerprint.hpp"
#include "core/secret/place.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::secret {

using model::SecretHit;

void Hits::add(const Found& found, std::string_view value) {
  if (kept_.size() >= kMost || is_known_sample(value)) return;
  const std::uint64_t print = fingerprint(value, options_.key);
  if (!seen_.emplace(found.rule, print).second) return;
  SecretHit hit;
  hit.rule = rule_text(found.rule).id;
  hit.what = found.what;
  hit.severity = severity_at(path_, found.rule, found.severity);
  hit.offset = found.begin;
  hit.length = found.end - found.begin;
  hit.fingerprint = print;
  kept_.push_back({found, std::move(hit)});
}

void Hits::add_named(const Found& found, std::string_view name) {
  const std::size_t before = kept_.size();
  add(found);
  if (kept_.size() > before) kept_.back().hit.what = fmt::format("{} ({})", found.what, name);
}

bool Hits::has(Rule rule) const {
  return std::any_of(kept_.begin(), kept_.end(),
                     [rule](const Kept& kept) { return kept.found.rule == rule; });
}

bool Hits::is_overlapped(std::size_t index) const {
  const Found& found = kept_[index].found;
  return std::any_of(kept_.begin(), kept_.end(), [&found](const Kept& other) {
    return rank(other.found.rule) > rank(found.rule) && other.found.begin < found.end &&
           found.begin < other.found.end;
  });
}

std::vector<SecretHit> Hits::take() {
  std::vector<SecretHit> out;
  if (kept_.empty()) return out;
  std::stable_sort(kept_.begin(), kept_.end(),
                   [](const Kept& a, const Kept& b) { return a.found.begin < b.found.begin; });
  std::uint64_t line = 1;
  std::size_t line_start = 0;
  std::size_t at = 0;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    if (is_overlapped(i)) continue;
    const std::size_t begin = kept_[i].found.begin;
    for (auto end = text_.find('\n', at); end < begin; end = text_.find('\n', at)) {
      ++line;
      line_start = at = end + 1;
    }
    SecretHit hit = kept_[i].hit;
    hit.line = line;
    hit.column = begin - line_start + 1;
    out.push_back(std::move(hit));
  }
  return out;
}

}  // namespace crtune::secret
