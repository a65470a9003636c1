#include "core/project/source_lexer.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace crtune::project {
namespace {

using Kind = SourceToken::Kind;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Lexer {
 public:
  Lexer(std::string_view text, SourceLanguage language)
      : text_(text), rust_(language == SourceLanguage::rust) {}

  std::vector<SourceToken> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void add(Kind kind, std::size_t begin, std::size_t end, std::uint32_t line) {
    tokens_.push_back({.kind = kind, .text = text_.substr(begin, end - begin), .line = line});
  }

  // Goes to `end`, counting lines.
  void advance_to(std::size_t end) {
    end = std::min(end, text_.size());
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }

  void step() {
    const char c = peek();
    if (c == '\n' || c == ' ' || c == '\t' || c == '\r')
      advance_to(at_ + 1);
    else if (c == '/' && peek(1) == '/')
      advance_to(text_.find('\n', at_));
    else if (c == '/' && peek(1) == '*')
      skip_block_comment();
    else if (c == '"')
      read_string(at_);
    else if (c == '\'')
      read_quote();
    else if (is_raw_string())
      read_raw_string();
    else if (is_letter(c))
      read_word();
    else if (is_digit(c))
      read_number();
    else if (!rust_ && c == '#' && read_include())
      return;
    else
      read_punctuation();
  }

  // Those of Rust nest.
  void skip_block_comment() {
    std::size_t depth = 1;
    std::size_t at = at_ + 2;
    while (at < text_.size() && depth > 0) {
      const auto two = text_.substr(at, 2);
      if (two == "*/") {
        --depth;
        at += 2;
      } else if (rust_ && two == "/*") {
        ++depth;
        at += 2;
      } else {
        ++at;
      }
    }
    advance_to(at);
  }

  void read_string(std::size_t quote) {
    std::size_t end = quote + 1;
    while (end < text_.size() && text_[end] != '"' && (rust_ || text_[end] != '\n'))
      end += text_[end] == '\\' ? 2U : 1U;
    end = std::min(end, text_.size());
    const std::uint32_t line = line_;
    add(Kind::text, quote + 1, end, line);
    advance_to(end + 1);
  }

  // A character; in Rust also a lifetime, in C++ a separator of digits never starts here.
  void read_quote() {
    if (rust_ && is_letter(peek(1)) && peek(2) != '\'') {
      std::size_t end = at_ + 1;
      // A character of several bytes ends with a quote, a lifetime does not.
      while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
      advance_to(end < text_.size() && text_[end] == '\'' ? end + 1 : end);
      return;
    }
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '\'' && text_[end] != '\n')
      end += text_[end] == '\\' ? 2U : 1U;
    advance_to(end + 1);
  }

  bool is_raw_string() const {
    if (rust_) {
      const std::size_t start = peek() == 'b' ? 1 : 0;
      if (peek(start) != 'r') return false;
      std::size_t next = start + 1;
      while (peek(next) == '#') ++next;
      return peek(next) == '"';
    }
    return peek() == 'R' && peek(1) == '"';
  }

  void read_raw_string() {
    const std::size_t quote = text_.find('"', at_);
    std::string end = "\"";
    std::size_t begin = quote + 1;
    if (rust_) {
      end += std::string(
          static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                              text_.begin() + static_cast<std::ptrdiff_t>(quote), '#')),
          '#');
    } else {
      const std::size_t open = text_.find('(', quote);
      if (open == std::string_view::npos || open - quote > 17) return read_string(quote);
      end = ")" + std::string(text_.substr(quote + 1, open - quote - 1)) + "\"";
      begin = open + 1;
    }
    const std::size_t close = std::min(text_.find(end, begin), text_.size());
    add(Kind::text, begin, close, line_);
    advance_to(close + end.size());
  }

  void read_word() {
    std::size_t end = at_;
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    // The prefix of a string: u8"x", L"x", b"x".
    if (end < text_.size() && text_[end] == '"' && end - at_ <= 2) {
      at_ = end;
      return;
    }
    add(Kind::word, at_, end, line_);
    at_ = end;
  }

  void read_number() {
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      const bool separator = c == '\'' && !rust_ && end + 1 < text_.size() && is_digit(text_[end + 1]);
      const bool fraction = c == '.' && end + 1 < text_.size() && is_digit(text_[end + 1]);
      if (!is_letter(c) && !is_digit(c) && !separator && !fraction) break;
      ++end;
    }
    add(Kind::number, at_, end, line_);
    at_ = end;
  }

  bool read_include() {
    std::size_t at = at_ + 1;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    if (!text_.substr(at).starts_with("include")) return false;
    at += 7;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    const char open = at < text_.size() ? text_[at] : '\0';
    if (open != '<' && open != '"') return false;
    const std::size_t end = text_.find(open == '<' ? '>' : '"', at + 1);
    if (end == std::string_view::npos || text_.substr(at, end - at).find('\n') != std::string_view::npos)
      return false;
    add(Kind::include, at + 1, end, line_);
    at_ = end + 1;
    return true;
  }

  void read_punctuation() {
    static constexpr std::array<std::string_view, 13> kPairs = {"==", "!=", "<=", ">=", "::", "->", "=>",
                                                                "&&", "||", "+=", "-=", "..", "?:"};
    const auto two = text_.substr(at_, 2);
    const bool pair = std::find(kPairs.begin(), kPairs.end(), two) != kPairs.end();
    const std::size_t length = pair ? 2 : 1;
    add(Kind::punctuation, at_, at_ + length, line_);
    at_ += length;
  }

  std::string_view text_;
  bool rust_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::vector<SourceToken> tokens_;
};

// `#[cfg(test)]`, `#[test]`, `#[tokio::test]` at `at`: where the attribute ends, or 0.
std::size_t end_of_test_attribute(const std::vector<SourceToken>& tokens,
                                  const std::vector<std::uint32_t>& closers, std::size_t at) {
  if (!tokens[at].is("#") || at + 2 >= tokens.size() || !tokens[at + 1].is("[")) return 0;
  const std::size_t close = closers[at + 1];
  if (close >= tokens.size()) return 0;
  const bool condition = tokens[at + 2].is("cfg") && close == at + 6 && tokens[at + 4].is("test");
  const bool marker = tokens[close - 1].is("test");
  return condition || marker ? close + 1 : 0;
}

std::vector<SourceToken> without_tests(const std::vector<SourceToken>& tokens) {
  const auto closers = matching_brackets(tokens);
  std::vector<SourceToken> kept;
  kept.reserve(tokens.size());
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const std::size_t item = end_of_test_attribute(tokens, closers, at);
    if (item == 0) {
      kept.push_back(tokens[at]);
      continue;
    }
    // The item ends with its block or with a semicolon.
    std::size_t end = item;
    while (end < tokens.size() && !tokens[end].is("{") && !tokens[end].is(";")) ++end;
    at = end < tokens.size() && tokens[end].is("{") ? closers[end] : end;
  }
  return kept;
}

}  // namespace

std::vector<std::uint32_t> matching_brackets(const std::vector<SourceToken>& tokens) {
  std::vector<std::uint32_t> closers(tokens.size(), static_cast<std::uint32_t>(tokens.size()));
  std::vector<std::uint32_t> open;
  for (std::uint32_t at = 0; at < tokens.size(); ++at) {
    const auto& token = tokens[at];
    if (token.kind != Kind::punctuation || token.text.size() != 1) continue;
    const char c = token.text[0];
    if (c == '(' || c == '[' || c == '{') open.push_back(at);
    if ((c != ')' && c != ']' && c != '}') || open.empty()) continue;
    closers[open.back()] = at;
    open.pop_back();
  }
  return closers;
}

std::vector<SourceToken> lex_source(std::string_view text, SourceLanguage language) {
  auto tokens = Lexer(text, language).run();
  return language == SourceLanguage::rust ? without_tests(tokens) : tokens;
}

}  // namespace crtune::project
