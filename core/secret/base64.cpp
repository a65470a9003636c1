#include "core/secret/base64.hpp"

#include <array>

namespace crtune::secret {
namespace {

constexpr std::uint8_t kForeign = 255;

constexpr std::array<std::uint8_t, 256> make_digits() {
  std::array<std::uint8_t, 256> digits = {};
  digits.fill(kForeign);
  std::uint8_t next = 0;
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
    digits[static_cast<unsigned char>(c)] = next++;
  digits['-'] = 62;
  digits['_'] = 63;
  return digits;
}
constexpr auto kDigits = make_digits();

constexpr std::array<std::uint32_t, 256> make_crc_table() {
  std::array<std::uint32_t, 256> table = {};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    table[i] = crc;
  }
  return table;
}
constexpr auto kCrcTable = make_crc_table();

std::uint32_t crc_step(std::uint32_t crc, std::string_view text) {
  for (const char c : text) crc = (crc >> 8) ^ kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
  return crc;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const std::uint8_t digit = kDigits[static_cast<unsigned char>(c)];
    if (digit == kForeign) return std::nullopt;
    bits = (bits << 6 | digit) & 0xFFFFFF;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xFF);
  }
  return out;
}

std::uint32_t crc32(std::string_view text) {
  return ~crc_step(0xFFFFFFFFU, text);
}

bool ends_with_checksum(std::string_view prefix, std::string_view text) {
  constexpr std::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  constexpr std::size_t kLength = 6;
  if (text.size() <= kLength) return false;
  std::uint32_t crc = ~crc_step(crc_step(0xFFFFFFFFU, prefix), text.substr(0, text.size() - kLength));
  for (std::size_t i = 0; i < kLength; ++i, crc /= 62)
    if (text[text.size() - 1 - i] != kBase62[crc % 62]) return false;
  return true;
}

}  // namespace crtune::secret
