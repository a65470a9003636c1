// Command lines and files of variables, cut into names and values.
#include "core/secret/characters.hpp"
#include "core/secret/names.hpp"

#include <algorithm>
#include <string>

namespace crtune::secret {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestWord = 1024;

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

struct Value {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The value at `at`: what a quote encloses, or up to white space or a shell's operator.
Value value_at(std::string_view text, std::size_t at) {
  const std::size_t last = text.size() - at < kLongestWord ? text.size() : at + kLongestWord;
  if (at < last && text[at] == '\\' && at + 1 < last && is_quote(text[at + 1])) ++at;
  if (at < last && is_quote(text[at])) {
    std::size_t end = std::min(text.substr(0, last).find(text[at], at + 1), last);
    if (end > at + 1 && text[end - 1] == '\\') --end;
    return {at + 1, end};
  }
  std::size_t end = at;
  while (end < last && !is_space(text[end]) && !is_quote(text[end]) && text[end] != ';' && text[end] != '|' &&
         text[end] != '`' && text[end] != ')' && text[end] != '\\')
    ++end;
  return {at, end};
}

// The name that ends at `end`, without dashes before it.
std::string_view name_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin <= kLongestName && is(text[begin - 1], kWordDash | kDot)) --begin;
  while (begin < end && text[begin] == '-') ++begin;
  return text.substr(begin, end - begin);
}

// The first character of the word after an option; JSON's quotes and commas may stand between.
std::size_t next_word(std::string_view text, std::size_t at) {
  const std::size_t from = at;
  while (at < text.size() && at < from + 8 && (is_space(text[at]) || is_quote(text[at]) || text[at] == ','))
    ++at;
  return at;
}

// --name value; `at` is behind the dashes. Returns where to go on.
std::size_t judge_option(Hits& hits, std::size_t at) {
  const std::string_view text = hits.text();
  const std::size_t end = run_end(text, at, kWordDash, kLongestName);
  const std::string_view name = text.substr(at, end - at);
  const std::size_t begin = next_word(text, end);
  if (begin == end || begin >= text.size() || text[begin] == '-' || judge_name(name) == NameKind::plain)
    return end;
  // Behind the quote that next_word passed, the value ends at the next one.
  judge_named_value(hits, name, begin, value_at(text, begin).end);
  return end;
}

// Authorization: Bearer value.
void judge_header(Hits& hits, std::size_t at) {
  const std::string_view text = hits.text();
  at = next_word(text, at);
  const std::size_t scheme_end = run_end(text, at, kLetter, 16);
  if (scheme_end == at || scheme_end >= text.size() || text[scheme_end] != ' ') return;
  judge_named_value(hits, "authorization.token", scheme_end + 1, value_at(text, scheme_end + 1).end);
}

bool matches_lower(std::string_view text, std::size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == lower(b); });
}

}  // namespace

void judge_words(Hits& hits) {
  const std::string_view text = hits.text();
  constexpr std::string_view kHeader = "authorization:";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '=') {
      const std::string_view name = name_before(text, at);
      if (judge_name(name) == NameKind::plain) continue;
      const Value value = value_at(text, at + 1);
      judge_named_value(hits, name, value.begin, value.end);
      // A quoted value may itself hold words; behind another there is nothing more to see in it.
      if (value.begin == at + 1 && value.end > at + 1) at = value.end - 1;
    } else if (text[at] == '-' && text.substr(at).starts_with("--")) {
      at = std::max(judge_option(hits, at + 2), at + 2) - 1;
    } else if (lower(text[at]) == 'a' && matches_lower(text, at, kHeader)) {
      judge_header(hits, at + kHeader.size());
    }
  }
}

void judge_environment_file(Hits& hits) {
  const std::string_view text = hits.text();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, line_end - at);
    const auto equals = line.find('=');
    if (!line.starts_with('#') && equals != std::string_view::npos) {
      const std::string_view name = name_before(text, at + equals);
      const Value value = value_at(text, at + equals + 1);
      if (value.end <= line_end) judge_named_value(hits, name, value.begin, value.end);
    }
    at = line_end + 1;
  }
}

}  // namespace crtune::secret
