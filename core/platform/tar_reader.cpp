#include "core/platform/tar_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/escape.hpp"

namespace crtune::platform {

using base::EntryKind;
using base::ErrorCode;
using base::Result;
using Bytes = std::span<const std::byte>;

namespace {

// Enough for a header and its pax header; read-ahead grows while nothing is skipped.
constexpr std::size_t kHeaderRead = 4U << 10U;

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

std::string_view without_trailing_slashes(std::string_view name) {
  while (name.size() > 1 && name.back() == '/') name.remove_suffix(1);
  return name;
}

EntryKind kind_of(char type) {
  switch (type) {
    case '1': return EntryKind::hardlink;
    case '2': return EntryKind::symlink;
    case '3': return EntryKind::char_device;
    case '4': return EntryKind::block_device;
    case '5': return EntryKind::directory;
    case '6': return EntryKind::fifo;
    default: return EntryKind::file;
  }
}

std::uint64_t hash_xattrs(archive_entry* entry) {
  const int count = archive_entry_xattr_reset(entry);
  if (count == 0) return 0;
  std::vector<std::pair<std::string, std::string>> all;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK && name != nullptr)
    all.emplace_back(name, std::string(static_cast<const char*>(value), size));
  std::sort(all.begin(), all.end());
  std::string flat;
  for (const auto& [key, content] : all) flat.append(key).append(1, '\0').append(fmt::format("{}:", content.size())).append(content);
  return XXH3_64bits(flat.data(), flat.size());
}

}  // namespace

struct TarReader::Archive {
  Archive(ByteSource& bytes, std::string file, std::uint64_t base_offset, const TarLimits& limits)
      : source(bytes), scanner(std::move(file), base_offset, limits), handle(archive_read_new()) {}

  static la_ssize_t on_read(archive* a, void* self, const void** buffer) {
    return static_cast<Archive*>(self)->read(a, buffer);
  }
  static la_int64_t on_skip(archive* a, void* self, la_int64_t request) {
    return static_cast<Archive*>(self)->skip(a, request);
  }

  la_ssize_t read(archive* a, const void** buffer) {
    const std::size_t wanted = in_content ? kLargeRead : read_ahead;
    auto piece = source.next(wanted);
    if (!piece) return stop(a, std::move(piece).error());
    read_ahead = std::min(read_ahead * 2, kLargeRead);
    total += piece->size();
    if (auto fed = scanner.feed(*piece); !fed) return stop(a, std::move(fed).error());
    *buffer = piece->data();
    return static_cast<la_ssize_t>(piece->size());
  }

  la_int64_t skip(archive* a, la_int64_t request) {
    auto passed = source.skip(static_cast<std::uint64_t>(request));
    if (!passed) return stop(a, std::move(passed).error());
    if (*passed > 0) read_ahead = kHeaderRead;
    total += *passed;
    if (auto told = scanner.skipped(*passed); !told) return stop(a, std::move(told).error());
    return static_cast<la_int64_t>(*passed);
  }

  la_ssize_t stop(archive* a, base::Error error) {
    problem = std::move(error);
    archive_set_error(a, -1, "stopped");
    return ARCHIVE_FATAL;
  }

  // The error behind a failed libarchive call: ours, where the scan or the source failed first.
  tl::unexpected<base::Error> failure() {
    if (problem) return base::fail(*problem);
    if (auto end = scanner.finish(); !end) return base::fail(std::move(end).error());
    const char* text = archive_error_string(handle.get());
    return scanner.fail(ErrorCode::invalid,
                        fmt::format("the tar archive cannot be read: {}", text == nullptr ? "no reason given" : text), scanner.position());
  }

  base::Status open() {
    opened = true;
    archive_read_support_filter_none(handle.get());
    archive_read_support_format_tar(handle.get());
    archive_read_support_format_empty(handle.get());
    archive_read_set_skip_callback(handle.get(), on_skip);
    if (archive_read_open2(handle.get(), this, nullptr, on_read, on_skip, nullptr) != ARCHIVE_OK) return failure();
    return {};
  }

  tl::unexpected<base::Error> ambiguous(std::string_view what, const ScannedEntry& scanned) const {
    return scanner.fail(ErrorCode::invalid,
                        fmt::format("tar readers disagree on the {} of '{}'", what, base::one_line(scanned.name, 80)), scanned.header_offset);
  }

  base::Status fill(const ScannedEntry& scanned) {
    // Names that are not UTF-8 cannot be converted and come back as nothing: then the scan's bytes stand alone.
    const char* name = archive_entry_pathname(current);
    if (name != nullptr && without_trailing_slashes(name) != without_trailing_slashes(scanned.name)) return ambiguous("name", scanned);
    if (static_cast<std::uint64_t>(archive_entry_size(current)) != scanned.size && kind_of(scanned.type) == EntryKind::file)
      return ambiguous("size", scanned);
    entry.kind = kind_of(scanned.type);
    const bool named_as_folder = scanned.name.back() == '/';
    if (entry.kind == EntryKind::file && named_as_folder && scanned.size > 0)
      return scanner.fail(ErrorCode::invalid, "a folder that holds data", scanned.header_offset);
    if (entry.kind == EntryKind::file && named_as_folder) entry.kind = EntryKind::directory;
    const char* link = entry.kind == EntryKind::hardlink ? archive_entry_hardlink(current)
                       : entry.kind == EntryKind::symlink ? archive_entry_symlink(current) : nullptr;
    if (link != nullptr && link != scanned.linkname) return ambiguous("link target", scanned);
    entry.name = scanned.name;
    entry.linkname = scanned.linkname;
    entry.size = scanned.size;
    entry.mode = static_cast<std::uint32_t>(archive_entry_perm(current)) & 07777U;
    entry.uid = static_cast<std::uint32_t>(archive_entry_uid(current));
    entry.gid = static_cast<std::uint32_t>(archive_entry_gid(current));
    entry.mtime_seconds = archive_entry_mtime(current);
    entry.mtime_nanoseconds = static_cast<std::uint32_t>(archive_entry_mtime_nsec(current));
    const bool is_device = entry.kind == EntryKind::char_device || entry.kind == EntryKind::block_device;
    entry.device = is_device ? static_cast<std::uint64_t>(archive_entry_rdev(current)) : 0;
    entry.xattr_hash = hash_xattrs(current);
    entry.data_offset = scanned.header_offset + kTarBlock;
    return {};
  }

  ByteSource& source;
  TarScanner scanner;
  std::unique_ptr<archive, FreeArchive> handle;
  archive_entry* current = nullptr;
  TarEntry entry;
  std::optional<base::Error> problem;
  std::uint64_t total = 0;
  std::size_t read_ahead = kHeaderRead;
  bool opened = false;
  bool in_content = false;
};

TarReader::TarReader(ByteSource& source, std::string file, std::uint64_t base_offset, const TarLimits& limits)
    : archive_(std::make_unique<Archive>(source, std::move(file), base_offset, limits)) {}
TarReader::~TarReader() = default;

Result<const TarEntry*> TarReader::next() {
  if (!archive_->opened) CRT_TRY(archive_->open());
  archive_->in_content = false;
  const int code = archive_read_next_header(archive_->handle.get(), &archive_->current);
  if (code == ARCHIVE_EOF) {
    if (archive_->problem) return archive_->failure();
    if (archive_->scanner.has_entry())
      return archive_->scanner.fail(ErrorCode::invalid, "tar readers disagree on where the archive ends", archive_->scanner.position());
    return nullptr;
  }
  // A warning is a name that the locale cannot show; anything worse is an error.
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return archive_->failure();
  if (!archive_->scanner.has_entry())
    return archive_->scanner.fail(ErrorCode::invalid, "tar readers disagree on the number of entries", archive_->scanner.position());
  CRT_TRY(archive_->fill(archive_->scanner.take_entry()));
  return &archive_->entry;
}

Result<Bytes> TarReader::content() {
  archive_->in_content = true;
  const void* data = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int code = archive_read_data_block(archive_->handle.get(), &data, &size, &offset);
  if (code == ARCHIVE_EOF) return Bytes();
  if (code != ARCHIVE_OK) return archive_->failure();
  return Bytes(static_cast<const std::byte*>(data), size);
}

Result<TarReader::End> TarReader::finish() {
  End end;
  while (true) {
    CRT_ASSIGN(const Bytes piece, archive_->source.next(kLargeRead));
    if (piece.empty()) break;
    archive_->total += piece.size();
    CRT_TRY(archive_->scanner.feed(piece));
  }
  CRT_TRY(archive_->scanner.finish());
  end.bytes = archive_->total;
  end.has_end_blocks = archive_->scanner.ended();
  end.has_trailing_data = archive_->scanner.saw_trailing_data();
  end.has_global_header = archive_->scanner.saw_global_header();
  return end;
}

}  // namespace crtune::platform
