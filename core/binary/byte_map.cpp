#include "core/binary/byte_map.hpp"

#include <algorithm>
#include <bit>
#include <queue>

namespace crtune::binary {

using model::OwnerKind;

namespace {

constexpr std::uint64_t kMostPadding = 64ULL << 10U;  // the largest page that linkers align to by default

std::uint64_t bits_from(std::uint64_t bit) {
  return ~0ULL << bit;
}
std::uint64_t bits_below(std::uint64_t bit) {
  return bit == 0 ? ~0ULL : ~0ULL >> (64 - bit);
}

}  // namespace

OwnerId ByteMap::owner(OwnerKind kind, std::string_view name) {
  std::string key;
  key.reserve(name.size() + 1);
  key += static_cast<char>('0' + static_cast<int>(kind));
  key += name;
  const auto [found, added] = by_name_.try_emplace(std::move(key), static_cast<OwnerId>(owners_.size()));
  if (added) owners_.push_back({.kind = kind, .name = std::string(name), .module = {}});
  return found->second;
}

void ByteMap::cover(std::uint64_t begin, std::uint64_t end, OwnerId owner, bool is_text) {
  end = std::min(end, size_);
  if (begin < end) covers_.push_back({begin, end, 0, owner, is_text});
}

void ByteMap::add_part(std::uint64_t begin, std::uint64_t end, OwnerId owner, bool is_text) {
  if (begin >= end) return;
  if (!parts_.empty() && parts_.back().end == begin && parts_.back().owner == owner &&
      parts_.back().is_text == is_text) {
    parts_.back().end = end;
    parts_.back().rest += end - begin;
    return;
  }
  parts_.push_back({begin, end, end - begin, owner, is_text});
}

// Walks over the file; of the covers that lie over a place the first one laid has it.
void ByteMap::sweep() {
  std::vector<std::uint32_t> by_begin(covers_.size());
  for (std::uint32_t i = 0; i < by_begin.size(); ++i) by_begin[i] = i;
  std::stable_sort(by_begin.begin(), by_begin.end(),
                   [&](auto a, auto b) { return covers_[a].begin < covers_[b].begin; });
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> open;
  std::size_t next = 0;
  std::uint64_t at = 0;
  while (next < by_begin.size() || !open.empty()) {
    while (!open.empty() && covers_[open.top()].end <= at) open.pop();
    while (next < by_begin.size() && covers_[by_begin[next]].begin <= at) open.push(by_begin[next++]);
    const auto stop = next < by_begin.size() ? covers_[by_begin[next]].begin : size_;
    if (open.empty()) {
      if (next == by_begin.size()) break;
      const bool small = stop - at <= kMostPadding;
      add_part(at, stop, owner(OwnerKind::remainder, small ? "padding" : "in no section"), false);
      at = stop;
      continue;
    }
    const auto& top = covers_[open.top()];
    if (top.end <= at) continue;
    const auto end = std::min(top.end, stop);
    add_part(at, end, top.owner, top.is_text);
    at = end;
  }
  add_part(at, size_, owner(OwnerKind::remainder, "after the last section"), false);
}

void ByteMap::seal() {
  sweep();
  covers_.clear();
  covers_.shrink_to_fit();
}

// Marks the range and tells how many of its bytes were not marked before.
std::uint64_t ByteMap::mark(std::uint64_t begin, std::uint64_t end) {
  std::uint64_t fresh = 0;
  const auto last = (end - 1) / 64;
  for (auto word = begin / 64; word <= last; ++word) {
    auto mask = ~0ULL;
    if (word == begin / 64) mask &= bits_from(begin % 64);
    if (word == last) mask &= bits_below(end % 64);
    fresh += static_cast<std::uint64_t>(std::popcount(mask & ~taken_[word]));
    taken_[word] |= mask;
  }
  return fresh;
}

void ByteMap::take(std::uint64_t begin, std::uint64_t end, OwnerId owner, bool is_code) {
  end = std::min(end, size_);
  if (begin >= end || parts_.empty()) return;
  if (taken_.empty()) taken_.resize(static_cast<std::size_t>(size_ / 64 + 1));
  if (begin < parts_[last_part_].begin || begin >= parts_[last_part_].end) {
    const auto after = std::upper_bound(parts_.begin(), parts_.end(), begin,
                                        [](std::uint64_t at, const Part& part) { return at < part.begin; });
    last_part_ = static_cast<std::size_t>(after - parts_.begin()) - 1;
  }
  for (auto i = last_part_; i < parts_.size() && parts_[i].begin < end; ++i) {
    auto& part = parts_[i];
    const auto fresh = mark(std::max(begin, part.begin), std::min(end, part.end));
    part.rest -= fresh;
    owners_[owner].bytes += fresh;
    if (part.is_text || is_code) owners_[owner].text += fresh;
  }
}

std::vector<model::ByteOwner> ByteMap::finish() {
  for (const auto& part : parts_) {
    owners_[part.owner].bytes += part.rest;
    if (part.is_text) owners_[part.owner].text += part.rest;
  }
  parts_.clear();
  std::erase_if(owners_, [](const model::ByteOwner& owner) { return owner.bytes == 0; });
  std::sort(owners_.begin(), owners_.end(), [](const model::ByteOwner& a, const model::ByteOwner& b) {
    if (a.bytes != b.bytes) return a.bytes > b.bytes;
    return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
  });
  return std::move(owners_);
}

std::uint64_t ItemStarts::claim(std::uint64_t offset) {
  if (offset >= size_) return offset;
  const auto bit = 1ULL << (offset % 64);
  if (claimed_.empty()) claimed_.resize(bits_.size());
  if ((bits_[offset / 64] & bit) == 0 || (claimed_[offset / 64] & bit) != 0) return offset;
  claimed_[offset / 64] |= bit;
  auto word = (offset + 1) / 64;
  auto rest = bits_[word] & bits_from((offset + 1) % 64);
  while (rest == 0 && word + 1 < bits_.size()) rest = bits_[++word];
  return rest == 0 ? size_ : std::min(size_, word * 64 + static_cast<std::uint64_t>(std::countr_zero(rest)));
}

}  // namespace crtune::binary
