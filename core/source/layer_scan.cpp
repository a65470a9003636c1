#include "core/source/layer_scan.hpp"

#include "core/base/escape.hpp"
#include "core/platform/tar_reader.hpp"
#include "core/source/passing_contents.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::source {

using base::EntryKind;
using base::ErrorCode;
using base::Result;
using platform::ByteSource;
using platform::Compression;
using platform::TarEntry;
using Bytes = std::span<const std::byte>;

namespace {

// All names of an image's layers together; offsets are 32 bits wide.
constexpr std::size_t kMaxNameBytes = 1U << 30U;

// Tells of bytes read, in steps that cost nothing.
class ProgressSource final : public ByteSource {
 public:
  ProgressSource(ByteSource& inner, const std::function<void(std::uint64_t)>& progress)
      : inner_(inner), progress_(progress) {}
  ~ProgressSource() override { tell(); }

  Result<Bytes> next(std::size_t wanted) override {
    CRT_ASSIGN(const Bytes piece, inner_.next(wanted));
    count(piece.size());
    return piece;
  }
  Result<std::uint64_t> skip(std::uint64_t wanted) override {
    CRT_ASSIGN(const std::uint64_t passed, inner_.skip(wanted));
    count(passed);
    return passed;
  }

 private:
  void count(std::uint64_t bytes) {
    pending_ += bytes;
    if (pending_ >= 4U << 20U) tell();
  }
  void tell() {
    if (progress_ && pending_ > 0) progress_(pending_);
    pending_ = 0;
  }

  ByteSource& inner_;
  const std::function<void(std::uint64_t)>& progress_;
  std::uint64_t pending_ = 0;
};

class Scanner {
 public:
  Scanner(ByteSource& stream, const LayerInput& input, const ScanOptions& options)
      : reader_(stream, input.file, input.base_offset, options.tar),
        contents_(options.inspector, input.can_seek) {}

  base::Status run(bool hash_contents, LayerScan& scan) {
    while (true) {
      CRT_ASSIGN(const TarEntry* entry, reader_.next());
      if (entry == nullptr) break;
      CRT_TRY(add(*entry, scan));
      if (entry->kind == EntryKind::file && entry->size > 0)
        CRT_TRY(contents_.read(reader_, hash_contents, scan));
    }
    CRT_ASSIGN(const auto end, reader_.finish());
    scan.tar_bytes = end.bytes;
    scan.has_end_blocks = end.has_end_blocks;
    scan.has_trailing_data = end.has_trailing_data;
    scan.has_global_header = end.has_global_header;
    return {};
  }

 private:
  static base::Status add(const TarEntry& from, LayerScan& scan) {
    const std::string path = model::PathTable::clean(from.name);
    if (scan.names.size() + path.size() > kMaxNameBytes ||
        scan.link_targets.size() + from.linkname.size() > kMaxNameBytes)
      return base::fail(ErrorCode::limit, "the names of one layer take over 1 GiB");
    model::LayerEntry entry;
    entry.size = from.size;
    entry.data_offset = from.data_offset;
    entry.mtime_seconds = from.mtime_seconds;
    entry.mtime_nanoseconds = from.mtime_nanoseconds;
    entry.xattr_hash = from.xattr_hash;
    entry.device = from.device;
    entry.uid = from.uid;
    entry.gid = from.gid;
    entry.mode = static_cast<std::uint16_t>(from.mode);
    entry.kind = from.kind;
    entry.link_offset = static_cast<std::uint32_t>(scan.link_targets.size());
    entry.link_size = static_cast<std::uint32_t>(from.linkname.size());
    scan.link_targets += from.linkname;
    if (climbs_above_root(from.name)) ++scan.escaping_names;
    scan.content_bytes += from.size;
    scan.entry_names.push_back(
        {static_cast<std::uint32_t>(scan.names.size()), static_cast<std::uint32_t>(path.size())});
    scan.names += path;
    scan.entries.push_back(entry);
    return {};
  }

  static bool climbs_above_root(std::string_view name) {
    int depth = 0;
    while (!name.empty()) {
      const auto slash = name.find('/');
      const auto component = name.substr(0, slash);
      if (component == ".." && --depth < 0) return true;
      if (component != ".." && component != "." && !component.empty()) ++depth;
      name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
    }
    return false;
  }

  platform::TarReader reader_;
  PassingContents contents_;
};

Result<LayerScan> scan_unpacked(ByteSource& unpacked, const LayerInput& input, const ScanOptions& options,
                                bool hash_contents) {
  LayerScan scan;
  // Room that is not used is never touched, and costs nothing; growing by doubling copies everything.
  constexpr std::uint64_t kSmallFile = 4U << 10U;
  constexpr std::uint64_t kMostEntries = 64U << 10U;
  constexpr std::size_t kNameBytes = 64;
  const auto expected = static_cast<std::size_t>(std::min(input.stored_size / kSmallFile, kMostEntries));
  scan.entries.reserve(expected);
  scan.entry_names.reserve(expected);
  scan.names.reserve(expected * kNameBytes);
  if (options.compute_diff_id) {
    platform::HashingSource hashing(unpacked);
    CRT_TRY(Scanner(hashing, input, options).run(hash_contents, scan));
    scan.diff_id = hashing.finish();
  } else {
    CRT_TRY(Scanner(unpacked, input, options).run(hash_contents, scan));
  }
  return scan;
}

Result<LayerScan> scan_compressed(ByteSource& stored, const LayerInput& input, const ScanOptions& options,
                                  Compression compression) {
  if (compression == Compression::unsupported)
    return base::fail(ErrorCode::unsupported, "this layer's compression is not gzip or zstd",
                      {.file = input.file, .offset = input.base_offset});
  const std::string name = fmt::format("{} (unpacked)", input.file);
  platform::HashingSource hashed(stored);
  const auto unpacked = platform::decompress(hashed, compression, name, options.unpack);
  LayerInput inner = {.file = name, .base_offset = 0, .stored_size = input.stored_size, .can_seek = false};
  CRT_ASSIGN(LayerScan scan, scan_unpacked(*unpacked, inner, options, true));
  scan.stored_bytes = hashed.count();
  scan.stored_digest = hashed.finish();
  scan.compression = platform::compression_name(compression);
  return scan;
}

}  // namespace

Result<LayerScan> scan_layer_stream(ByteSource& stored, const LayerInput& input, const ScanOptions& options) {
  ProgressSource counted(stored, options.progress);
  platform::PeekedSource peeked(counted);
  CRT_ASSIGN(const Bytes head, peeked.peek(8));
  const Compression compression = platform::sniff_compression(head);
  if (compression != Compression::none) return scan_compressed(peeked, input, options, compression);
  if (!options.compute_stored_digest) {
    CRT_ASSIGN(LayerScan scan, scan_unpacked(peeked, input, options, !input.can_seek));
    scan.stored_bytes = scan.tar_bytes;
    return scan;
  }
  platform::HashingSource hashed(peeked);
  ScanOptions once = options;
  once.compute_diff_id = false;
  CRT_ASSIGN(LayerScan scan, scan_unpacked(hashed, input, once, !input.can_seek));
  scan.stored_bytes = scan.tar_bytes;
  // An uncompressed layer's bytes are its diff ID's bytes.
  scan.stored_digest = scan.diff_id = hashed.finish();
  return scan;
}

Result<LayerScan> scan_layer_region(const platform::InputFile& file, const LayerInput& input,
                                    const ScanOptions& options) {
  std::array<std::byte, 8> head = {};
  CRT_ASSIGN(
      const std::size_t count,
      file.read_at(input.base_offset, std::span(head).first(std::min<std::uint64_t>(8, input.stored_size))));
  const Compression compression = platform::sniff_compression(std::span(head).first(count));
  platform::FileRegionSource region(file, input.base_offset, input.stored_size);
  ProgressSource counted(region, options.progress);
  if (compression != Compression::none) return scan_compressed(counted, input, options, compression);
  LayerInput raw = input;
  raw.can_seek = true;
  ScanOptions quiet = options;
  quiet.progress = {};
  quiet.compute_stored_digest = options.compute_stored_digest || options.compute_diff_id;
  if (quiet.compute_stored_digest) return scan_layer_stream(counted, raw, quiet);
  CRT_ASSIGN(LayerScan scan, scan_unpacked(counted, raw, quiet, false));
  scan.stored_bytes = scan.tar_bytes;
  return scan;
}

}  // namespace crtune::source
