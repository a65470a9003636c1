#include "core/secret/value_checks.hpp"

#include "core/secret/characters.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

namespace crtune::secret {
namespace {

constexpr std::size_t kLongestJudged = 4096;

bool is_hex(char c) {
  return is(c, kDigit) || (lower(c) >= 'a' && lower(c) <= 'f');
}

constexpr std::array<std::string_view, 36> kPlaceholderParts = {
    "example",  "changeme", "change_me", "change-me", "change_this", "changethis", "replaceme", "replace_",
    "replace-", "your",     "placehold", "redacted",  "insert",      "dummy",      "xxxx",      "****",
    "....",     "____",     "----",      "todo",      "fixme",       "sample",     "notreal",   "not_real",
    "not-real", "not-a-",   "nosecret",  "secretkey", "secret_key",  "mypassword", "mysecret",  "12345678",
    "abcdefg",  "01234567", "deadbeef",  "foobar"};

bool is_template(std::string_view value) {
  constexpr std::array<std::string_view, 9> kMarks = {"${", "$(", "#(", "{{", "}}", "<%", "%>", "%(", "#{"};
  if (value.find('<') != std::string_view::npos && value.find('>') != std::string_view::npos) return true;
  if (value.starts_with('$') || value.starts_with("%s") || value.ends_with("%s")) return true;
  if (value.starts_with('{') && value.ends_with('}')) return true;
  if (value.size() > 2 && value.starts_with('%') && value.ends_with('%')) return true;
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [value](auto mark) { return value.find(mark) != std::string_view::npos; });
}

bool has_long_repeat(std::string_view value) {
  std::size_t run = 1;
  for (std::size_t i = 1; i < value.size(); ++i) {
    run = value[i] == value[i - 1] ? run + 1 : 1;
    if (run >= 5 || run * 2 > value.size() + 1) return true;
  }
  return false;
}

}  // namespace

double entropy(std::string_view value) {
  if (value.empty()) return 0;
  std::array<std::uint32_t, 256> counts = {};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  const auto total = static_cast<double>(value.size());
  for (const std::uint32_t count : counts)
    if (count != 0) bits -= count / total * std::log2(count / total);
  return bits;
}

bool begins_word(std::string_view text, std::size_t at) {
  if (at == 0 || !is(text[at - 1], kWord)) return true;
  const auto before = [text, at](std::size_t back) { return at < back ? '\0' : text[at - back]; };
  const char last = before(1);
  if (before(2) == '\\') return last == 'n' || last == 'r' || last == 't';
  if (before(3) == '%') return is_hex(before(2)) && is_hex(last);
  return before(6) == '\\' && before(5) == 'u' && is_hex(before(4)) && is_hex(before(3)) &&
         is_hex(before(2)) && is_hex(last);
}

bool is_placeholder(std::string_view value) {
  value = value.substr(0, kLongestJudged);
  if (is_template(value) || has_long_repeat(value)) return true;
  std::string small(value);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  const bool named = std::any_of(kPlaceholderParts.begin(), kPlaceholderParts.end(),
                                 [&small](auto part) { return small.find(part) != std::string::npos; });
  return named;
}

int kinds_of_characters(std::string_view value) {
  bool digit = false;
  bool upper = false;
  bool small = false;
  bool other = false;
  for (const char c : value) {
    digit = digit || is(c, kDigit);
    upper = upper || is(c, kUpper);
    small = small || is(c, kLower);
    other = other || !is(c, kAlnum);
  }
  return static_cast<int>(digit) + static_cast<int>(upper) + static_cast<int>(small) +
         static_cast<int>(other);
}

}  // namespace crtune::secret
