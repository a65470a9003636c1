#include "core/source/content.hpp"

#include "core/platform/content_hasher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_set>

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
// Two of these stay in a core's second-level cache between the kernel's copy and ours; half of it was 4 %
// slower.
constexpr std::size_t kPiece = 256U << 10U;
// A quick look at a large file: so many probes, spread evenly, the first and the last among them.
constexpr std::uint64_t kSamples = 4;

// Where a file's content can be read again.
struct Extent {
  const platform::InputFile* file = nullptr;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

tl::unexpected<base::Error> became_shorter(const Extent& extent) {
  return base::fail(ErrorCode::damaged, "the file became shorter while it was read",
                    {.file = extent.file->path()});
}

// What was read last. Files that stand next to each other in one layer mostly do so in another, so one read
// serves many small ones.
class Window {
 public:
  // The bytes of `extent` from `from` on, `count` of them. Valid until the next call. Of a small file's
  // neighbours as much is read as fits; of a large file nothing but what was asked for.
  Result<Bytes> view(const Extent& extent, std::uint64_t from, std::size_t count) {
    const std::uint64_t offset = extent.offset + from;
    const bool inside = extent.file == file_ && offset >= begin_ && offset + count <= begin_ + filled_;
    if (!inside) {
      file_ = extent.file;
      begin_ = offset;
      const std::size_t wanted = extent.size > kPiece ? count : buffer_.size();
      CRT_ASSIGN(filled_, file_->read_at(offset, std::span(buffer_).first(wanted)));
      if (filled_ < count) return became_shorter(extent);
    }
    return Bytes(buffer_).subspan(static_cast<std::size_t>(offset - begin_), count);
  }

 private:
  const platform::InputFile* file_ = nullptr;
  std::uint64_t begin_ = 0;
  std::size_t filled_ = 0;
  std::vector<std::byte> buffer_ = std::vector<std::byte>(kPiece);
};

// The windows of one thread.
struct Buffers {
  Window first;
  Window second;
};

Result<bool> same_range(const Extent& a, const Extent& b, std::uint64_t from, std::uint64_t to,
                        Buffers& buffers) {
  while (from < to) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(to - from, kPiece));
    CRT_ASSIGN(const Bytes first, buffers.first.view(a, from, count));
    CRT_ASSIGN(const Bytes second, buffers.second.view(b, from, count));
    if (std::memcmp(first.data(), second.data(), count) != 0) return false;
    from += count;
  }
  return true;
}

Result<bool> same_extents(const Extent& a, const Extent& b, Buffers& buffers) {
  if (a.size <= kPiece) return same_range(a, b, 0, a.size, buffers);
  const std::uint64_t tail = a.size - kProbe;
  for (const auto& [from, to] : {std::pair{std::uint64_t{0}, kProbe}, {tail, a.size}, {kProbe, tail}}) {
    CRT_ASSIGN(const bool same, same_range(a, b, from, to, buffers));
    if (!same) return false;
  }
  return true;
}

Result<ContentHash> hash_extent(const Extent& extent, Buffers& buffers) {
  platform::ContentHasher hasher;
  for (std::uint64_t from = 0; from < extent.size;) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(extent.size - from, kPiece));
    CRT_ASSIGN(const Bytes piece, buffers.first.view(extent, from, count));
    hasher.add(piece);
    from += count;
  }
  const auto [low, high] = hasher.result();
  return ContentHash{low, high};
}

Result<ContentHash> sample_extent(const Extent& extent) {
  platform::ContentHasher hasher;
  std::array<std::byte, kProbe> probe = {};
  const std::uint64_t step = (extent.size - kProbe) / (kSamples - 1);
  for (std::uint64_t i = 0; i < kSamples; ++i) {
    const std::uint64_t from = i + 1 == kSamples ? extent.size - kProbe : i * step;
    CRT_ASSIGN(const std::size_t count, extent.file->read_at(extent.offset + from, probe));
    if (count < kProbe) return became_shorter(extent);
    hasher.add(probe);
  }
  const auto [low, high] = hasher.result();
  return ContentHash{low, high};
}

// One index at a time would make threads wait for each other's counter.
constexpr std::size_t kBatch = 64;

// Calls `work(index, buffers)` for every index below `count` on all cores, so many at a time; the first
// failure by index is returned.
template <typename Work>
base::Status in_parallel(std::size_t count, std::size_t batch, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::size_t failed_at = count;
  base::Status failure;
  const auto run = [&] {
    Buffers buffers;
    for (std::size_t begin = next.fetch_add(batch); begin < count; begin = next.fetch_add(batch)) {
      for (std::size_t i = begin; i < std::min(begin + batch, count); ++i) {
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
    const std::size_t workers = std::min<std::size_t>(std::thread::hardware_concurrency(), count / batch);
    for (std::size_t i = 1; i < workers; ++i) threads.emplace_back(run);
    run();
  }
  return failure;
}

// The content of a file of an uncompressed layer, read where it is asked for.
class ExtentBytes final : public base::RandomBytes {
 public:
  explicit ExtentBytes(const Extent& extent) : extent_(extent) {}

  std::uint64_t size() const override { return extent_.size; }
  Result<Bytes> view(std::uint64_t offset, std::uint64_t count) override {
    if (offset > extent_.size || count > extent_.size - offset)
      return base::fail(ErrorCode::invalid, "a range lies outside the file", {.offset = offset});
    // Headers are asked for in small pieces that stand together: the first read serves them all.
    if (offset + count <= head_.size()) return Bytes(head_).subspan(offset, count);
    if (head_.empty() && offset + count <= kProbe) {
      head_.resize(static_cast<std::size_t>(std::min(kProbe, extent_.size)));
      CRT_TRY(fill(0, head_));
      return Bytes(head_).subspan(offset, count);
    }
    views_.push_back(std::make_unique_for_overwrite<std::byte[]>(count));  // NOLINT: sized at run time
    const std::span<std::byte> buffer(views_.back().get(), count);
    CRT_TRY(fill(offset, buffer));
    return Bytes(buffer);
  }

 private:
  base::Status fill(std::uint64_t offset, std::span<std::byte> buffer) const {
    CRT_ASSIGN(const std::size_t filled, extent_.file->read_at(extent_.offset + offset, buffer));
    if (filled < buffer.size()) return became_shorter(extent_);
    return {};
  }

  Extent extent_;
  std::vector<std::byte> head_;
  std::vector<std::unique_ptr<std::byte[]>> views_;  // NOLINT: sized at run time
};

// Lets another inspector look at some files of a layer only.
class ChosenFiles final : public model::FileInspector {
 public:
  ChosenFiles(const model::FileInspector& inner, std::unordered_set<std::string> paths)
      : inner_(inner), paths_(std::move(paths)) {}

  bool may_matter(const model::FileTraits& file) const override {
    return paths_.count(std::string(file.path)) > 0;
  }
  model::Interest interest(const model::FileTraits& file, Bytes head) const override {
    return inner_.interest(file, head);
  }
  model::FileFacts inspect(const model::FileTraits& file, model::Interest interest,
                           base::RandomBytes& content) const override {
    return inner_.inspect(file, interest, content);
  }

 private:
  const model::FileInspector& inner_;
  std::unordered_set<std::string> paths_;
};

class StoreContentReader final : public model::ContentReader {
 public:
  explicit StoreContentReader(MemberStore& members) : members_(members) {}

  Result<std::vector<char>> same_content(const Image& image, std::span<const ContentPair> pairs) override {
    find_regions(image);
    std::vector<char> same(pairs.size());
    CRT_TRY(in_parallel(pairs.size(), kBatch, [&](std::size_t i, Buffers& buffers) -> base::Status {
      CRT_ASSIGN(const bool equal, is_same(image, pairs[i], buffers));
      same[i] = equal ? 1 : 0;
      return {};
    }));
    return same;
  }

  Result<Hashes> hashes(const Image& image, std::span<const EntryRef> files, Depth depth) override {
    find_regions(image);
    // A whole file's hash says nothing beside a probed one's.
    const bool any_known =
        std::any_of(files.begin(), files.end(), [&](EntryRef ref) { return entry_of(image, ref).has_hash; });
    const bool may_sample = depth == Depth::sampled && !any_known;
    const auto sampled = [&](EntryRef ref) {
      return may_sample && entry_of(image, ref).size > kSamples * kProbe;
    };
    Hashes out;
    out.values.resize(files.size());
    out.sampled = std::any_of(files.begin(), files.end(), sampled);
    CRT_TRY(in_parallel(files.size(), kBatch, [&](std::size_t i, Buffers& buffers) -> base::Status {
      CRT_ASSIGN(out.values[i], sampled(files[i]) ? sample_extent(extent_of(image, files[i]))
                                                  : hash_of(image, files[i], buffers));
      return {};
    }));
    return out;
  }

  Result<std::vector<model::FileFacts>> inspect(const Image& image, std::span<const EntryRef> files,
                                                const model::FileInspector& inspector) override {
    find_regions(image);
    std::vector<model::FileFacts> facts(files.size());
    std::map<std::uint32_t, std::vector<std::size_t>> passing;  // of layers that must be read in order
    std::vector<std::size_t> direct;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (regions_[files[i].layer].file != nullptr && image.layers[files[i].layer].compression == "none") {
        direct.push_back(i);
      } else if (members_.reads_again()) {
        passing[files[i].layer].push_back(i);
      }
    }
    CRT_TRY(in_parallel(direct.size(), 1, [&](std::size_t i, Buffers&) -> base::Status {
      facts[direct[i]] = inspect_extent(image, files[direct[i]], inspector);
      return {};
    }));
    for (const auto& [layer, wanted] : passing)
      CRT_TRY(inspect_layer(image, files, wanted, inspector, facts));
    return facts;
  }

 private:
  // A file that cannot be read again is told as such and stops nothing.
  model::FileFacts inspect_extent(const Image& image, EntryRef ref,
                                  const model::FileInspector& inspector) const {
    const auto& entry = entry_of(image, ref);
    const std::string path = image.paths.text(entry.archived_path).substr(1);
    const model::FileTraits file = {.path = path, .size = entry.size, .mode = entry.mode};
    ExtentBytes bytes(extent_of(image, ref));
    model::FileFacts facts;
    const auto head = bytes.view(0, std::min(kProbe, entry.size));
    if (!head) {
      facts.unreadable = head.error().message;
      return facts;
    }
    const auto interest = inspector.interest(file, *head);
    return interest == model::Interest::none ? facts : inspector.inspect(file, interest, bytes);
  }

  base::Status inspect_layer(const Image& image, std::span<const EntryRef> files,
                             const std::vector<std::size_t>& wanted, const model::FileInspector& inspector,
                             std::vector<model::FileFacts>& facts) {
    const std::uint32_t layer = files[wanted.front()].layer;
    std::unordered_set<std::string> paths;
    for (const std::size_t i : wanted)
      paths.insert(image.paths.text(entry_of(image, files[i]).archived_path).substr(1));
    const ChosenFiles chosen(inspector, std::move(paths));
    ScanOptions options;
    options.inspector = &chosen;
    CRT_ASSIGN(LayerScan scan, members_.scan_layer(image.layers[layer].member, options));
    for (const std::size_t i : wanted)
      for (auto& row : scan.facts)
        if (row.entry == files[i].index) facts[i] = std::move(row.facts);
    return {};
  }

  void find_regions(const Image& image) {
    if (!regions_.empty()) return;
    for (const auto& layer : image.layers) regions_.push_back(members_.raw_region(layer.member));
  }

  static const model::LayerEntry& entry_of(const Image& image, EntryRef ref) {
    return image.layers[ref.layer].entries[ref.index];
  }

  Extent extent_of(const Image& image, EntryRef ref) const {
    const auto& region = regions_[ref.layer];
    const auto& entry = entry_of(image, ref);
    return {region.file, region.offset + entry.data_offset, entry.size};
  }

  Result<bool> is_same(const Image& image, const ContentPair& pair, Buffers& buffers) const {
    const bool first_has_hash = entry_of(image, pair.first).has_hash;
    const bool second_has_hash = entry_of(image, pair.second).has_hash;
    if (!first_has_hash && !second_has_hash)
      return same_extents(extent_of(image, pair.first), extent_of(image, pair.second), buffers);
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

std::unique_ptr<model::ContentReader> make_content_reader(MemberStore& members) {
  return std::make_unique<StoreContentReader>(members);
}

}  // namespace crtune::source
