// The entries of a tar archive, one after the other, without unpacking anything.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/entry_kind.hpp"
#include "core/platform/byte_source.hpp"
#include "core/platform/tar_scanner.hpp"

namespace crtune::platform {

struct TarEntry {
  std::string name;      // bytes as archived
  std::string linkname;  // of symbolic and hard links
  base::EntryKind kind = base::EntryKind::file;
  std::uint64_t size = 0;
  std::uint64_t data_offset = 0;  // of the content, from the start of the archive
  std::uint32_t mode = 0;         // the permission bits, 07777
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::int64_t mtime_seconds = 0;
  std::uint32_t mtime_nanoseconds = 0;
  std::uint64_t device = 0;
  std::uint64_t xattr_hash = 0;  // over names and values; 0 where there are none
};

// Reads with libarchive behind a TarScanner that decides what is refused; where the two readers would disagree about
// a name, a size or a type, the archive is refused as ambiguous.
class TarReader {
 public:
  // `source` must outlive the reader. Errors name `file` and count bytes from `base_offset`.
  TarReader(ByteSource& source, std::string file, std::uint64_t base_offset, const TarLimits& limits = {});
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;
  ~TarReader();

  // The next entry, or nullptr at the end. Content that was not read is passed over.
  // Errors: invalid, damaged, limit, unsupported, and those of the source.
  base::Result<const TarEntry*> next();

  // The next piece of the current entry's content; empty at its end. Valid until the next call.
  base::Result<std::span<const std::byte>> content();

  // How the archive ended.
  struct End {
    std::uint64_t bytes = 0;      // the length of the whole stream
    bool has_end_blocks = true;   // the two blocks of zeros were there
    bool has_trailing_data = false;  // something that is not zero follows them
    bool has_global_header = false;
  };
  // Reads the source to its end. Call it once next() gave nullptr.
  base::Result<End> finish();

 private:
  struct Archive;
  std::unique_ptr<Archive> archive_;
};

}  // namespace crtune::platform
