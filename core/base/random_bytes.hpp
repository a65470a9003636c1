// Bytes that can be asked for piece by piece, wherever they are: a file's content in a layer, or memory.
#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace crtune::base {

class RandomBytes {
 public:
  RandomBytes() = default;
  RandomBytes(const RandomBytes&) = delete;
  RandomBytes& operator=(const RandomBytes&) = delete;
  virtual ~RandomBytes() = default;

  virtual std::uint64_t size() const = 0;
  // The `count` bytes from `offset` on; they stay where they are as long as this object lives. What was
  // viewed is what is read, so ask for little. Errors: invalid where the range is not inside, unreadable,
  // damaged.
  virtual Result<std::span<const std::byte>> view(std::uint64_t offset, std::uint64_t count) = 0;
};

class BytesInMemory final : public RandomBytes {
 public:
  explicit BytesInMemory(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::span<const std::byte>> view(std::uint64_t offset, std::uint64_t count) override {
    if (offset > bytes_.size() || count > bytes_.size() - offset)
      return fail(ErrorCode::invalid, "a range lies outside the file", {.offset = offset});
    return bytes_.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
  }

 private:
  std::span<const std::byte> bytes_;
};

}  // namespace crtune::base
