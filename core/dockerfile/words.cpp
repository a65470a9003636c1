#include "core/dockerfile/words.hpp"

#include "core/dockerfile/characters.hpp"

namespace crtune::dockerfile {
namespace {

// The end of the word that begins at `at`.
std::size_t word_end(std::string_view text, std::size_t at, char escape, bool quotes) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == 0 && is_space(c)) break;
    if (!quotes) continue;
    if (c == escape && quote != '\'' && at + 1 < text.size()) {
      ++at;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    }
  }
  return at < text.size() ? at : text.size();
}

class ArrayReader {
 public:
  ArrayReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  StringArray read() {
    skip();
    if (!take('[')) return {};
    skip();
    if (take(']')) return finish();
    do {
      skip();
      if (peek() == '"') {
        if (!string()) return {};
      } else {
        only_strings_ = false;
        if (!other()) return {};
      }
      skip();
    } while (take(','));
    return take(']') ? finish() : StringArray{};
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }
  StringArray finish() {
    skip();
    if (at_ != text_.size()) return {};
    array_.outcome = only_strings_ ? StringArray::Outcome::strings : StringArray::Outcome::not_strings;
    return std::move(array_);
  }
  // A number or a word: enough to tell "not strings" from "not JSON".
  bool other() {
    const std::size_t begin = at_;
    while (is_name(peek()) || peek() == '-' || peek() == '+' || peek() == '.') ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    return word == "true" || word == "false" || word == "null" ||
           (!word.empty() && (is_digit(word.front()) || word.front() == '-') && is_digit(word.back()));
  }
  bool string() {
    const std::size_t begin = at_++;
    std::string value;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_] == '\\') {
        if (!escaped(value)) return false;
      } else {
        value += text_[at_++];
      }
    }
    if (!take('"')) return false;
    array_.strings.push_back(std::move(value));
    array_.pieces.push_back({begin, at_});
    return true;
  }
  bool escaped(std::string& value) {
    static constexpr std::string_view kFrom = "\"\\/bfnrt";
    static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
    ++at_;
    const char c = peek();
    if (const auto found = kFrom.find(c); c != '\0' && found != std::string_view::npos) {
      value += kTo[found];
      ++at_;
      return true;
    }
    if (c != 'u' || at_ + 4 >= text_.size()) return false;
    unsigned code = 0;
    for (std::size_t i = 1; i <= 4; ++i) {
      const char digit = to_lower(text_[at_ + i]);
      if (!is_digit(digit) && (digit < 'a' || digit > 'f')) return false;
      code = code * 16 + static_cast<unsigned>(is_digit(digit) ? digit - '0' : digit - 'a' + 10);
    }
    at_ += 5;
    append_utf8(value, code);
    return true;
  }
  // Halves of surrogate pairs stay as three bytes each: such names occur in no Dockerfile that builds.
  static void append_utf8(std::string& value, unsigned code) {
    if (code < 0x80U) {
      value += static_cast<char>(code);
    } else if (code < 0x800U) {
      value += static_cast<char>(0xC0U | code >> 6U);
      value += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
      value += static_cast<char>(0xE0U | code >> 12U);
      value += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
      value += static_cast<char>(0x80U | (code & 0x3FU));
    }
  }

  std::string_view text_;
  std::size_t at_;
  bool only_strings_ = true;
  StringArray array_;
};

}  // namespace

Piece word_at(std::string_view text, std::size_t at, char escape, bool quotes) {
  return {at, word_end(text, at, escape, quotes)};
}

std::vector<Piece> split_words(std::string_view text, std::size_t begin, char escape, bool quotes) {
  std::vector<Piece> words;
  for (std::size_t at = begin; at < text.size();) {
    if (is_space(text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = word_end(text, at, escape, quotes);
    words.push_back({at, end});
    at = end;
  }
  return words;
}

StringArray read_string_array(std::string_view text, std::size_t begin) {
  return ArrayReader(text, begin).read();
}

std::string unquoted(std::string_view word, char escape) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (quote == '\'') {
      if (c == quote)
        quote = 0;
      else
        out += c;
    } else if (c == escape && i + 1 < word.size()) {
      const char next = word[++i];
      if (quote == '"' && next != '"' && next != '$' && next != escape) out += c;
      out += next;
    } else if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace crtune::dockerfile
