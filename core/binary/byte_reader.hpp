// Numbers of either byte order out of a span of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace crtune::binary {

// Reads numbers at offsets of `bytes`. What lies outside reads as 0, so that a loop over checked bounds needs
// no second check; ask `has` where that matters.
class ByteReader {
 public:
  ByteReader() = default;
  ByteReader(std::span<const std::byte> bytes, bool big_endian) : bytes_(bytes), big_endian_(big_endian) {}

  std::size_t size() const { return bytes_.size(); }
  bool big_endian() const { return big_endian_; }
  std::span<const std::byte> bytes() const { return bytes_; }
  bool has(std::uint64_t offset, std::uint64_t count) const {
    return offset <= bytes_.size() && count <= bytes_.size() - offset;
  }

  std::uint8_t u8(std::uint64_t offset) const { return has(offset, 1) ? load<std::uint8_t>(offset) : 0; }
  std::uint16_t u16(std::uint64_t offset) const {
    if (!has(offset, 2)) return 0;
    const auto value = load<std::uint16_t>(offset);
    return big_endian_ ? __builtin_bswap16(value) : value;
  }
  std::uint32_t u32(std::uint64_t offset) const {
    if (!has(offset, 4)) return 0;
    const auto value = load<std::uint32_t>(offset);
    return big_endian_ ? __builtin_bswap32(value) : value;
  }
  std::uint64_t u64(std::uint64_t offset) const {
    if (!has(offset, 8)) return 0;
    const auto value = load<std::uint64_t>(offset);
    return big_endian_ ? __builtin_bswap64(value) : value;
  }
  // A number of `width` bytes: 4 or 8.
  std::uint64_t word(std::uint64_t offset, unsigned width) const {
    return width == 8 ? u64(offset) : u32(offset);
  }

  // The part of `count` bytes, cut where the bytes end.
  ByteReader part(std::uint64_t offset, std::uint64_t count) const {
    if (offset > bytes_.size()) return {{}, big_endian_};
    const auto rest = bytes_.size() - static_cast<std::size_t>(offset);
    return {bytes_.subspan(static_cast<std::size_t>(offset),
                           count < rest ? static_cast<std::size_t>(count) : rest),
            big_endian_};
  }
  std::string_view text() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }
  // The bytes from `offset` to the first NUL, or to the end, at most `most`.
  std::string_view string(std::uint64_t offset, std::size_t most = SIZE_MAX) const {
    if (offset >= bytes_.size()) return {};
    const auto rest = text().substr(static_cast<std::size_t>(offset), most);
    return rest.substr(0, rest.find('\0'));  // npos is the rest
  }

 private:
  template <typename T>
  T load(std::uint64_t offset) const {
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    return value;
  }

  std::span<const std::byte> bytes_;
  bool big_endian_ = false;
};

}  // namespace crtune::binary
