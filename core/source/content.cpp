#include "core/source/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <mutex>
#include <thread>

#include "core/platform/content_hasher.hpp"

namespace crtune::source {

using base::ErrorCode;
using base::Result;
using model::ContentHash;
using model::ContentPair;
using model::EntryRef;
using model::Image;
using Bytes = std::span<const std::byte>;

namespace {

constexpr std::uint64_t kProbe = 4U << 10U;

// Where a file's content can be read again.
struct Extent {
  const platform::InputFile* file = nullptr;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

tl::unexpected<base::Error> became_shorter(const Extent& extent) {
  return base::fail(ErrorCode::damaged, "the file became shorter while it was read", {.file = extent.file->path()});
}

// Two read buffers of one thread.
struct Buffers {
  std::vector<std::byte> first = std::vector<std::byte>(platform::kLargeRead);
  std::vector<std::byte> second = std::vector<std::byte>(platform::kLargeRead);
};

Result<bool> same_range(const Extent& a, const Extent& b, std::uint64_t from, std::uint64_t to, Buffers& buffers) {
  while (from < to) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(to - from, platform::kLargeRead));
    CRT_ASSIGN(const std::size_t first, a.file->read_at(a.offset + from, std::span(buffers.first).first(count)));
    CRT_ASSIGN(const std::size_t second, b.file->read_at(b.offset + from, std::span(buffers.second).first(count)));
    if (first < count) return became_shorter(a);
    if (second < count) return became_shorter(b);
    if (std::memcmp(buffers.first.data(), buffers.second.data(), count) != 0) return false;
    from += count;
  }
  return true;
}

Result<bool> same_extents(const Extent& a, const Extent& b, Buffers& buffers) {
  const std::uint64_t head = std::min(a.size, kProbe);
  const std::uint64_t tail = std::max(head, a.size - head);
  for (const auto& [from, to] : {std::pair{std::uint64_t{0}, head}, {tail, a.size}, {head, tail}}) {
    CRT_ASSIGN(const bool same, same_range(a, b, from, to, buffers));
    if (!same) return false;
  }
  return true;
}

Result<ContentHash> hash_extent(const Extent& extent, Buffers& buffers) {
  platform::ContentHasher hasher;
  for (std::uint64_t from = 0; from < extent.size;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(extent.size - from, platform::kLargeRead));
    CRT_ASSIGN(const std::size_t count, extent.file->read_at(extent.offset + from, std::span(buffers.first).first(wanted)));
    if (count < wanted) return became_shorter(extent);
    hasher.add(Bytes(buffers.first).first(count));
    from += count;
  }
  const auto [low, high] = hasher.result();
  return ContentHash{low, high};
}

// Calls `work(index, buffers)` for every index below `count` on all cores; the first failure by index is returned.
template <typename Work>
base::Status in_parallel(std::size_t count, const Work& work) {
  // One index at a time would make threads wait for each other's counter.
  constexpr std::size_t kBatch = 16;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::size_t failed_at = count;
  base::Status failure;
  const auto run = [&] {
    Buffers buffers;
    for (std::size_t begin = next.fetch_add(kBatch); begin < count; begin = next.fetch_add(kBatch)) {
      for (std::size_t i = begin; i < std::min(begin + kBatch, count); ++i) {
        base::Status done = work(i, buffers);
        if (done) continue;
        const std::lock_guard lock(mutex);
        if (i < failed_at) {
          failed_at = i;
          failure = std::move(done);
        }
        return;
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    const std::size_t workers = std::min<std::size_t>(std::thread::hardware_concurrency(), count / kBatch);
    for (std::size_t i = 1; i < workers; ++i) threads.emplace_back(run);
    run();
  }
  return failure;
}

class StoreContentReader final : public model::ContentReader {
 public:
  explicit StoreContentReader(MemberStore& members) : members_(members) {}

  Result<std::vector<char>> same_content(const Image& image, std::span<const ContentPair> pairs) override {
    find_regions(image);
    std::vector<char> same(pairs.size());
    CRT_TRY(in_parallel(pairs.size(), [&](std::size_t i, Buffers& buffers) -> base::Status {
      CRT_ASSIGN(const bool equal, is_same(image, pairs[i], buffers));
      same[i] = equal ? 1 : 0;
      return {};
    }));
    return same;
  }

  Result<std::vector<ContentHash>> hashes(const Image& image, std::span<const EntryRef> files) override {
    find_regions(image);
    std::vector<ContentHash> out(files.size());
    CRT_TRY(in_parallel(files.size(), [&](std::size_t i, Buffers& buffers) -> base::Status {
      CRT_ASSIGN(out[i], hash_of(image, files[i], buffers));
      return {};
    }));
    return out;
  }

 private:
  void find_regions(const Image& image) {
    if (!regions_.empty()) return;
    for (const auto& layer : image.layers) regions_.push_back(members_.raw_region(layer.member));
  }

  static const model::LayerEntry& entry_of(const Image& image, EntryRef ref) { return image.layers[ref.layer].entries[ref.index]; }

  Extent extent_of(const Image& image, EntryRef ref) const {
    const auto& region = regions_[ref.layer];
    const auto& entry = entry_of(image, ref);
    return {region.file, region.offset + entry.data_offset, entry.size};
  }

  Result<bool> is_same(const Image& image, const ContentPair& pair, Buffers& buffers) const {
    const bool first_has_hash = entry_of(image, pair.first).has_hash;
    const bool second_has_hash = entry_of(image, pair.second).has_hash;
    if (!first_has_hash && !second_has_hash) return same_extents(extent_of(image, pair.first), extent_of(image, pair.second), buffers);
    CRT_ASSIGN(const ContentHash first, hash_of(image, pair.first, buffers));
    CRT_ASSIGN(const ContentHash second, hash_of(image, pair.second, buffers));
    return first == second;
  }

  Result<ContentHash> hash_of(const Image& image, EntryRef ref, Buffers& buffers) const {
    const auto& entry = entry_of(image, ref);
    if (entry.has_hash) return entry.hash;
    return hash_extent(extent_of(image, ref), buffers);
  }

  MemberStore& members_;
  std::vector<MemberStore::Region> regions_;
};

}  // namespace

std::unique_ptr<model::ContentReader> make_content_reader(MemberStore& members) { return std::make_unique<StoreContentReader>(members); }

}  // namespace crtune::source
