#include "core/project/go_lexer.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Lexer {
 public:
  Lexer(std::string_view source, LexExtent extent) : source_(source), extent_(extent) {}

  GoTokens run() {
    if (source_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    while (at_ < source_.size() && !done_) step();
    end_statement();
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = source_[at_];
    if (c == '\n') {
      end_statement();
      ++line_;
      ++at_;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (c == '/' && peek(1) == '/') {
      line_comment();
    } else if (c == '/' && peek(1) == '*') {
      block_comment();
    } else if (is_letter(c)) {
      word();
    } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      number();
    } else if (c == '"' || c == '\'' || c == '`') {
      quoted(c);
    } else {
      symbol();
    }
  }

  // The specification's rule for semicolons that nobody writes.
  void end_statement() {
    if (out_.tokens.empty()) return;
    const GoToken& last = out_.tokens.back();
    static constexpr std::array<std::string_view, 5> kEnding = {")", "]", "}", "++", "--"};
    const bool ends = last.kind != GoTokenKind::symbol ||
                      std::find(kEnding.begin(), kEnding.end(), last.text) != kEnding.end();
    if (!ends || (last.is_identifier() && is_open_keyword(last.text))) return;
    out_.tokens.push_back({GoTokenKind::symbol, ";", line_});
  }

  static bool is_open_keyword(std::string_view word) {
    static constexpr std::array<std::string_view, 21> kOpen = {
        "case",  "chan",   "const",     "default", "defer",  "else", "for",
        "func",  "go",     "goto",      "if",      "import", "map",  "package",
        "range", "select", "interface", "struct",  "switch", "type", "var"};
    return std::find(kOpen.begin(), kOpen.end(), word) != kOpen.end();
  }

  void line_comment() {
    const std::size_t end = std::min(source_.find('\n', at_), source_.size());
    std::string_view text = source_.substr(at_ + 2, end - at_ - 2);
    while (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.starts_with("go:") || text.starts_with(" +build")) out_.directives.push_back({text, line_});
    at_ = end;
  }

  void block_comment() {
    const std::size_t end = std::min(source_.find("*/", at_ + 2), source_.size());
    const auto text = source_.substr(at_, end - at_);
    const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    // A comment with line ends counts as one.
    if (lines > 0) end_statement();
    line_ += lines;
    at_ = std::min(end + 2, source_.size());
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && (is_letter(source_[at_]) || is_digit(source_[at_]))) ++at_;
    const auto text = source_.substr(begin, at_ - begin);
    if (extent_ == LexExtent::header &&
        (text == "func" || text == "var" || text == "type" || text == "const")) {
      done_ = true;
      return;
    }
    out_.tokens.push_back({GoTokenKind::identifier, text, line_});
  }

  void number() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && (is_letter(source_[at_]) || is_digit(source_[at_]) || source_[at_] == '.'))
      ++at_;
    out_.tokens.push_back({GoTokenKind::number, source_.substr(begin, at_ - begin), line_});
  }

  void quoted(char quote) {
    const std::size_t begin = at_++;
    const std::uint32_t first_line = line_;
    while (at_ < source_.size() && source_[at_] != quote) {
      if (source_[at_] == '\n') {
        if (quote != '`') break;  // an unfinished literal ends with its line
        ++line_;
      }
      if (source_[at_] == '\\' && quote != '`' && at_ + 1 < source_.size() && source_[at_ + 1] != '\n') ++at_;
      ++at_;
    }
    if (at_ < source_.size() && source_[at_] == quote) ++at_;
    out_.tokens.push_back({quote == '\'' ? GoTokenKind::character : GoTokenKind::string,
                           source_.substr(begin, at_ - begin), first_line});
  }

  void symbol() {
    static constexpr std::array<std::string_view, 20> kLong = {
        "...", "<<=", ">>=", "&^=", ":=", "==", "!=", "<=", ">=", "&&",
        "||",  "++",  "--",  "+=",  "-=", "*=", "/=", "|=", "<-", "&^"};
    std::size_t length = 1;
    for (const auto text : kLong)
      if (source_.substr(at_, text.size()) == text) {
        length = text.size();
        break;
      }
    out_.tokens.push_back({GoTokenKind::symbol, source_.substr(at_, length), line_});
    at_ += length;
  }

  std::string_view source_;
  LexExtent extent_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool done_ = false;
  GoTokens out_;
};

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | (code >> 6U));
    put(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0U | (code >> 12U));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  } else {
    put(0xF0U | ((code >> 18U) & 0x07U));
    put(0x80U | ((code >> 12U) & 0x3FU));
    put(0x80U | ((code >> 6U) & 0x3FU));
    put(0x80U | (code & 0x3FU));
  }
}

// Reads the escape after a backslash at the start of `rest`, and removes it.
void append_escape(std::string& out, std::string_view& rest) {
  const char kind = rest.front();
  rest.remove_prefix(1);
  static constexpr std::string_view kNames = "abfnrtv\\'\"";
  static constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\'\"";
  if (const auto at = kNames.find(kind); at != std::string_view::npos) {
    out += kValues[at];
    return;
  }
  const bool octal = is_digit(kind);
  std::size_t digits = kind == 'x' ? 2U : kind == 'u' ? 4U : kind == 'U' ? 8U : octal ? 2U : 0U;
  std::uint32_t code = octal ? static_cast<std::uint32_t>(kind - '0') : 0;
  for (; digits > 0 && !rest.empty() && digit_value(rest.front()) >= 0; --digits) {
    code = code * (octal ? 8U : 16U) + static_cast<std::uint32_t>(digit_value(rest.front()));
    rest.remove_prefix(1);
  }
  if (kind == 'u' || kind == 'U') {
    append_utf8(out, code);
  } else {
    out += static_cast<char>(code & 0xFFU);
  }
}

}  // namespace

GoTokens lex_go(std::string_view source, LexExtent extent) {
  return Lexer(source, extent).run();
}

std::string unquote_go(std::string_view literal) {
  if (literal.size() < 2) return {};
  const char quote = literal.front();
  literal.remove_prefix(1);
  if (literal.back() == quote) literal.remove_suffix(1);
  std::string out;
  if (quote == '`') {
    for (const char c : literal)
      if (c != '\r') out += c;
    return out;
  }
  while (!literal.empty()) {
    const char c = literal.front();
    literal.remove_prefix(1);
    if (c == '\\' && !literal.empty()) {
      append_escape(out, literal);
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace crtune::project
