// The fields of one 512-byte tar header and of pax records, read as strictly as Go's archive/tar does: its
// verdict decides whether a container runtime can load a layer. Sources: POSIX.1-2017 pax, "ustar Interchange
// Format"; GNU tar manual, "Basic Tar Format"; Go 1.26 archive/tar.
#pragma once

#include "core/base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace crtune::platform {

inline constexpr std::size_t kTarBlock = 512;

struct TarHeader {
  std::string_view name;    // within the block; without the ustar prefix
  std::string_view prefix;  // empty where the format has none
  std::string_view linkname;
  char type = '0';
  std::uint64_t size = 0;  // 0 where the type holds no data
  std::uint32_t mode = 0;  // the permission bits, 07777
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::int64_t mtime = 0;    // seconds since 1970
  std::uint64_t device = 0;  // major << 32 | minor; 0 where the format has none
};

// Reads one header block that is not all zeros. The views point into `block`. Only the message of an error is
// set. Errors: invalid (checksum, number), unsupported (sparse files, unknown types that hold data).
base::Result<TarHeader> parse_tar_header(std::span<const char, kTarBlock> block);

bool is_zero_block(std::span<const char, kTarBlock> block);

// What the extended headers before an entry say of it.
struct TarExtensions {
  std::string path;  // empty: not given
  std::string linkpath;
  std::string gnu_name;  // GNU's long names win over pax ones, as in Go
  std::string gnu_linkname;
  bool has_size = false;
  std::uint64_t size = 0;
};

enum class PaxScope : std::uint8_t { entry, global };

// Reads the records of one pax header body into `extensions`. Only the message of an error is set.
// Errors: invalid (framing, NUL bytes, numbers, a key twice, a global path, linkpath or size), unsupported
// (sparse).
base::Status parse_pax_records(std::string_view body, PaxScope scope, TarExtensions& extensions);

}  // namespace crtune::platform
