// Bytes in order, without copying them around: what archives and layers are read from.
#pragma once

#include "core/base/digest.hpp"
#include "core/base/result.hpp"
#include "core/platform/file_handle.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace crtune::platform {

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // The next bytes, about `wanted` of them where the source can choose; empty at the end. The bytes stay
  // valid until the next call.
  virtual base::Result<std::span<const std::byte>> next(std::size_t wanted) = 0;
  // Passes over at most `count` bytes without reading them and returns how many. 0 where they must be read,
  // as here: next() may give more than is to be passed over.
  virtual base::Result<std::uint64_t> skip(std::uint64_t count);
};

inline constexpr std::size_t kLargeRead = 256U << 10U;

// A region of an open file; skipping costs nothing. The file must outlive the source.
class FileRegionSource final : public ByteSource {
 public:
  FileRegionSource(const InputFile& file, std::uint64_t offset, std::uint64_t length)
      : file_(file), position_(offset), end_(offset + length) {}

  base::Result<std::span<const std::byte>> next(std::size_t wanted) override;
  base::Result<std::uint64_t> skip(std::uint64_t count) override;

 private:
  const InputFile& file_;
  std::uint64_t position_;
  std::uint64_t end_;
  std::vector<std::byte> buffer_;
};

// A pipe or another descriptor that can be read once. The descriptor stays open and is not owned.
class DescriptorSource final : public ByteSource {
 public:
  DescriptorSource(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

  base::Result<std::span<const std::byte>> next(std::size_t wanted) override;

 private:
  int descriptor_;
  std::string name_;
  std::vector<std::byte> buffer_;
};

// Gives back bytes that were read to find out what a stream is, then the rest of it.
class PeekedSource final : public ByteSource {
 public:
  explicit PeekedSource(ByteSource& rest) : rest_(rest) {}

  // The first `count` bytes, fewer only where the stream is shorter. Call it before next().
  base::Result<std::span<const std::byte>> peek(std::size_t count);
  base::Result<std::span<const std::byte>> next(std::size_t wanted) override;

 private:
  ByteSource& rest_;
  std::vector<std::byte> head_;
  bool head_is_given_ = false;
};

// Passes bytes through and computes their SHA-256 and count on the way. Skipped bytes are read.
class HashingSource final : public ByteSource {
 public:
  explicit HashingSource(ByteSource& inner);
  ~HashingSource() override;

  base::Result<std::span<const std::byte>> next(std::size_t wanted) override;
  std::uint64_t count() const { return count_; }
  // The digest of everything passed so far; nothing can be read afterwards.
  base::Digest finish();

 private:
  struct State;
  ByteSource& inner_;
  std::unique_ptr<State> state_;
  std::uint64_t count_ = 0;
};

// The SHA-256 of some bytes in memory.
base::Digest sha256(std::span<const std::byte> bytes);

}  // namespace crtune::platform
