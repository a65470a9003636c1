#include "core/platform/tar_extended.hpp"

#include "core/base/escape.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace crtune::platform {

using base::EntryKind;
using base::ErrorCode;
using base::Status;

namespace {

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};

std::string_view without_trailing_slashes(std::string_view name) {
  while (name.size() > 1 && name.back() == '/') name.remove_suffix(1);
  return name;
}

// Order and repetition of attributes mean nothing, so they are sorted.
std::uint64_t hash_xattrs(archive_entry* entry) {
  if (archive_entry_xattr_reset(entry) == 0) return 0;
  std::vector<std::pair<std::string, std::string>> all;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK && name != nullptr)
    all.emplace_back(name, std::string(static_cast<const char*>(value), size));
  std::sort(all.begin(), all.end());
  std::string flat;
  for (const auto& [key, content] : all)
    flat.append(key).append(1, '\0').append(fmt::format("{}:", content.size())).append(content);
  return XXH3_64bits(flat.data(), flat.size());
}

tl::unexpected<base::Error> ambiguous(std::string_view what, const TarEntry& entry) {
  return base::fail(ErrorCode::invalid, fmt::format("tar readers disagree on the {} of '{}'", what,
                                                    base::one_line(entry.name, 80)));
}

// Names that are not UTF-8 cannot be converted and come back as nothing: then our scan's bytes stand alone.
Status compare(archive_entry* read, const TarEntry& entry) {
  const char* name = archive_entry_pathname(read);
  if (name != nullptr && without_trailing_slashes(name) != without_trailing_slashes(entry.name))
    return ambiguous("name", entry);
  if (entry.kind == EntryKind::file && static_cast<std::uint64_t>(archive_entry_size(read)) != entry.size)
    return ambiguous("size", entry);
  const char* link = entry.kind == EntryKind::hardlink  ? archive_entry_hardlink(read)
                     : entry.kind == EntryKind::symlink ? archive_entry_symlink(read)
                                                        : nullptr;
  if (link != nullptr && link != entry.linkname) return ambiguous("link target", entry);
  return {};
}

}  // namespace

Status read_extended_headers(std::string_view raw, TarEntry& entry) {
  const std::unique_ptr<archive, FreeArchive> handle(archive_read_new());
  // Only tar, and no filter: libarchive's others may run programs.
  archive_read_support_filter_none(handle.get());
  archive_read_support_format_tar(handle.get());
  archive_entry* read = nullptr;
  const int opened = archive_read_open_memory(handle.get(), raw.data(), raw.size());
  const int code = opened == ARCHIVE_OK ? archive_read_next_header(handle.get(), &read) : opened;
  // A warning is a name that the locale cannot show; anything worse is an error.
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
    const char* reason = archive_error_string(handle.get());
    return base::fail(ErrorCode::invalid, fmt::format("extended tar headers cannot be read: {}",
                                                      reason == nullptr ? "no reason given" : reason));
  }
  CRT_TRY(compare(read, entry));
  entry.mode = static_cast<std::uint32_t>(archive_entry_perm(read)) & 07777U;
  entry.uid = static_cast<std::uint32_t>(archive_entry_uid(read));
  entry.gid = static_cast<std::uint32_t>(archive_entry_gid(read));
  entry.mtime_seconds = archive_entry_mtime(read);
  entry.mtime_nanoseconds = static_cast<std::uint32_t>(archive_entry_mtime_nsec(read));
  entry.xattr_hash = hash_xattrs(read);
  return {};
}

}  // namespace crtune::platform
