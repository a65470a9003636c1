// gzip and zstd streams, recognised by their first bytes.
#pragma once

#include "core/platform/byte_source.hpp"

#include <memory>
#include <string>

namespace crtune::platform {

enum class Compression : std::uint8_t { none, gzip, zstd, unsupported };

// What the first bytes of a stream (8 are enough) say it is. `unsupported` is a compression we know but do
// not read (xz, bzip2, lz4, lzip). Sources: RFC 1952 2.3.1; RFC 8878 3.1 (skippable frames count as zstd).
Compression sniff_compression(std::span<const std::byte> head);
// "gzip", "zstd", "none".
std::string_view compression_name(Compression compression);

// How far a stream may unpack.
struct UnpackLimits {
  std::uint64_t bytes = 64ULL << 30U;
  // The ratio counts only once this many bytes came out: honest layers of zeros exist.
  std::uint64_t ratio_from = 8ULL << 30U;
  std::uint64_t ratio = 200;
};

// The unpacked bytes of `inner`, checked against their checksums to the end. Several gzip members or zstd
// frames in a row are one stream; anything after them that is neither is refused. `name` stands in errors,
// whose offset counts unpacked bytes. Errors: damaged, limit (also a zstd window over 128 MiB), unsupported
// (a zstd dictionary).
std::unique_ptr<ByteSource> decompress(ByteSource& inner, Compression compression, std::string name,
                                       const UnpackLimits& limits = {});

}  // namespace crtune::platform
