#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace crtune::base {
namespace {

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::uint32_t decode(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  std::uint32_t code = sequence.size() == 1   ? first
                       : sequence.size() == 2 ? (first & 0x1FU)
                       : sequence.size() == 3 ? (first & 0x0FU)
                                              : (first & 0x07U);
  for (const char byte : sequence.substr(1)) code = (code << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  return code;
}

// C1 controls and the characters that reorder or hide text.
bool is_unsafe(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F) || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF;
}

std::string escape_code(std::uint32_t code) {
  switch (code) {
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return code < 0x100 ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
  }
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(text[i])) return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool outside = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || outside ? 0 : length;
}

std::string escape_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    const auto sequence = text.substr(0, length);
    const std::uint32_t code = decode(sequence);
    if (is_unsafe(code)) {
      out += escape_code(code);
    } else {
      out += sequence;
    }
    text.remove_prefix(length);
  }
  return out;
}

std::string one_line(std::string_view text, std::size_t columns) {
  std::string flat;
  for (const char byte : text) flat += byte == '\n' || byte == '\t' ? ' ' : byte;
  const std::string safe = escape_controls(flat);
  std::string out;
  std::size_t count = 0;
  std::string_view rest = safe;
  while (!rest.empty()) {
    const auto sequence = rest.substr(0, std::max<std::size_t>(1, utf8_sequence_length(rest)));
    if (++count == columns && sequence.size() < rest.size()) return out + "…";
    out += sequence;
    rest.remove_prefix(sequence.size());
  }
  return out;
}

}  // namespace crtune::base
