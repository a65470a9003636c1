// Watches the bytes of a tar archive go by and decides what is refused, before any other reader sees them.
#pragma once

#include <deque>

#include "core/platform/tar_header.hpp"

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

// One entry as its headers give it.
struct ScannedEntry {
  std::string name;
  std::string linkname;
  char type = '0';
  std::uint64_t size = 0;           // bytes of content that follow in the archive
  std::uint64_t header_offset = 0;  // of the entry's own header, from the start of the archive
};

class TarScanner {
 public:
  // Errors name `file` and count their offset from `base_offset`.
  TarScanner(std::string file, std::uint64_t base_offset, const TarLimits& limits)
      : file_(std::move(file)), base_offset_(base_offset), limits_(limits) {}

  // The next bytes of the archive. Errors: invalid, limit, unsupported.
  base::Status feed(std::span<const std::byte> bytes);
  // The reader passed over `count` bytes without reading them. Errors: invalid, when a header was among them.
  base::Status skipped(std::uint64_t count);
  // The archive is over. Errors: damaged, when it ended within an entry.
  base::Status finish();

  // Entries whose headers were seen and that were not taken yet.
  bool has_entry() const { return !entries_.empty(); }
  ScannedEntry take_entry();
  // The two zero blocks were seen.
  bool ended() const { return state_ == State::ended; }
  std::uint64_t position() const { return position_; }
  bool saw_global_header() const { return saw_global_header_; }
  // Something that is not zero follows the two zero blocks.
  bool saw_trailing_data() const { return saw_trailing_data_; }

  tl::unexpected<base::Error> fail(base::ErrorCode code, std::string message, std::uint64_t offset) const;

 private:
  enum class State : std::uint8_t { header, special_body, content, ended };

  base::Status header_complete();
  base::Status start_special(char type, std::uint64_t size);
  base::Status special_complete();
  base::Status add_entry(const TarHeader& header);
  base::Status check_name(std::string_view name) const;

  std::string file_;
  std::uint64_t base_offset_;
  TarLimits limits_;
  State state_ = State::header;
  std::uint64_t position_ = 0;
  std::array<char, kTarBlock> block_ = {};
  std::size_t block_fill_ = 0;
  std::uint64_t remaining_ = 0;  // of content or of a special body, with its padding
  std::string body_;             // of a special header
  std::uint64_t body_size_ = 0;
  char body_type_ = 0;
  std::uint32_t specials_ = 0;
  std::uint64_t entry_count_ = 0;
  std::uint32_t zero_blocks_ = 0;
  bool saw_global_header_ = false;
  bool saw_trailing_data_ = false;
  TarExtensions extensions_;
  std::deque<ScannedEntry> entries_;
};

}  // namespace crtune::platform
