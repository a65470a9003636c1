// The entries of a tar archive, one after the other, without unpacking anything.
#pragma once

#include "core/base/entry_kind.hpp"
#include "core/platform/byte_source.hpp"
#include "core/platform/tar_header.hpp"

#include <array>
#include <string>
#include <string_view>

namespace crtune::platform {

// Limits on one archive. Source of the numbers: docs/limits.md.
struct TarLimits {
  std::uint64_t entries = 5'000'000;
  std::size_t name = 4'096;
  std::size_t component = 255;
  std::size_t depth = 512;
  std::size_t special_body = 1U << 20U;
  std::uint32_t specials_per_entry = 16;
};

struct TarEntry {
  std::string name;      // bytes as archived
  std::string linkname;  // of symbolic and hard links
  base::EntryKind kind = base::EntryKind::file;
  std::uint64_t size = 0;
  std::uint64_t header_offset = 0;  // of the entry's own header, from the start of the archive
  std::uint64_t data_offset = 0;    // of the content
  std::uint32_t mode = 0;           // the permission bits, 07777
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::int64_t mtime_seconds = 0;
  std::uint32_t mtime_nanoseconds = 0;
  std::uint64_t device = 0;      // of devices: major << 32 | minor
  std::uint64_t xattr_hash = 0;  // over names and values; 0 where there are none
};

// Decides by a strict scan of every header what is refused; libarchive reads what extended headers say, and
// where the two would disagree about a name, a size or a link, the archive is refused as ambiguous.
class TarReader {
 public:
  // `source` must outlive the reader. Errors name `file` and count bytes from `base_offset`.
  TarReader(ByteSource& source, std::string file, std::uint64_t base_offset, const TarLimits& limits = {});

  // The next entry, or nullptr at the end. Content that was not read is passed over.
  // Errors: invalid, damaged, limit, unsupported, and those of the source.
  base::Result<const TarEntry*> next();

  // The next piece of the current entry's content; empty at its end. Valid until the next call. `read_ahead`
  // is what is asked of the source where nothing is at hand.
  base::Result<std::span<const std::byte>> content(std::size_t read_ahead = kLargeRead);

  // How the archive ended.
  struct End {
    std::uint64_t bytes = 0;         // the length of the whole stream
    bool has_end_blocks = true;      // the two blocks of zeros were there
    bool has_trailing_data = false;  // something that is not zero follows them
    bool has_global_header = false;
  };
  // Reads the source to its end. Call it once next() gave nullptr.
  base::Result<End> finish();

 private:
  using Block = std::array<char, kTarBlock>;

  tl::unexpected<base::Error> fail(base::ErrorCode code, std::string message, std::uint64_t offset) const;
  // Moves an error that has only a message to `offset`.
  tl::unexpected<base::Error> fail_at(base::Error error, std::uint64_t offset) const;
  base::Result<std::span<const std::byte>> take(std::uint64_t most, std::size_t read_ahead);
  base::Result<bool> read_block();
  base::Status pass_over_content();
  base::Result<bool> read_zero_blocks();
  base::Status read_special(const TarHeader& header);
  base::Status read_body(std::uint64_t size);
  base::Status fill_entry(const TarHeader& header);
  base::Status check_name(std::string_view name, std::uint64_t offset) const;

  ByteSource& source_;
  std::string file_;
  std::uint64_t base_offset_;
  TarLimits limits_;
  std::span<const std::byte> piece_;  // read, but not taken yet
  std::uint64_t position_ = 0;        // of what was taken
  std::size_t read_ahead_;
  Block block_ = {};
  std::uint64_t content_left_ = 0;
  std::uint64_t padding_left_ = 0;
  std::string special_headers_;  // the raw extended headers before an entry
  std::string body_;
  std::uint32_t specials_ = 0;
  TarExtensions extensions_;
  std::uint64_t entries_ = 0;
  TarEntry entry_;
  End end_;
  bool ended_ = false;
};

}  // namespace crtune::platform
