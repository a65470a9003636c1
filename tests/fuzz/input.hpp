// What every fuzz target shares: the bytes to take apart, and how a broken invariant fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

namespace crtune::fuzz {

// Ends the program where `holds` is false, so that libFuzzer and the driver keep the input.
inline void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "broken invariant: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

// Takes pieces from the front of an input. What is not there reads as zeros or as nothing.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : rest_(size == 0 ? "" : reinterpret_cast<const char*>(data), size) {}

  unsigned byte() {
    const auto piece = text(1);
    return piece.empty() ? 0U : static_cast<unsigned char>(piece.front());
  }
  unsigned number16() {
    const auto low = byte();
    return low | byte() << 8U;
  }
  std::string_view text(std::size_t size) {
    const auto piece = rest_.substr(0, size);
    rest_.remove_prefix(piece.size());
    return piece;
  }
  std::string_view rest() { return text(rest_.size()); }

 private:
  std::string_view rest_;
};

inline std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

}  // namespace crtune::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
