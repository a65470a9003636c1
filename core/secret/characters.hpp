// Classes of ASCII characters that tokens are made of.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace crtune::secret {

// Bits; a class is any of them together.
using CharClass = std::uint8_t;
constexpr CharClass kDigit = 1;
constexpr CharClass kUpper = 2;
constexpr CharClass kLower = 4;
constexpr CharClass kUnderscore = 8;
constexpr CharClass kDash = 16;
constexpr CharClass kSlashPlus = 32;
constexpr CharClass kDot = 64;
constexpr CharClass kUserInfo =
    128;  // what may stand between "://" and "@" in a URL, RFC 3986 and a little more
constexpr CharClass kLetter = kUpper | kLower;
constexpr CharClass kAlnum = kLetter | kDigit;
constexpr CharClass kWord = kAlnum | kUnderscore;
constexpr CharClass kWordDash = kWord | kDash;
constexpr CharClass kBase64 = kAlnum | kSlashPlus;

constexpr std::array<CharClass, 256> make_classes() {
  std::array<CharClass, 256> classes = {};
  for (std::size_t c = '0'; c <= '9'; ++c) classes[c] = kDigit | kUserInfo;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) classes[c] = kUpper | kUserInfo;
  for (std::size_t c = 'a'; c <= 'z'; ++c) classes[c] = kLower | kUserInfo;
  for (const char c : std::string_view("-._~%!$&*+=:^,;")) classes[static_cast<unsigned char>(c)] = kUserInfo;
  classes['_'] |= kUnderscore;
  classes['-'] |= kDash;
  classes['/'] |= kSlashPlus;
  classes['+'] |= kSlashPlus;
  classes['.'] |= kDot;
  return classes;
}
inline constexpr std::array<CharClass, 256> kClasses = make_classes();

constexpr bool is(char c, CharClass wanted) {
  return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0;
}

// The end of the run of `wanted` characters that begins at `from`, looking at most `limit` characters far.
constexpr std::size_t run_end(std::string_view text, std::size_t from, CharClass wanted, std::size_t limit) {
  const std::size_t last = text.size() - from < limit ? text.size() : from + limit;
  while (from < last && is(text[from], wanted)) ++from;
  return from;
}

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

constexpr char lower(char c) {
  return is(c, kUpper) ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace crtune::secret
