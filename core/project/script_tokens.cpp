#include "core/project/script_tokens.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return (is_word_start(c) && c != '@') || is_digit(c);
}

constexpr std::array<std::string_view, 9> kOperators = {"===", "!==", "||", "??", "&&",
                                                        "=>",  "==",  "!=", "::"};

class Lexer {
 public:
  Lexer(std::string_view text, ScriptSyntax syntax) : text_(text), syntax_(syntax) {}

  std::vector<ScriptToken> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  bool starts(std::string_view wanted) const { return text_.substr(at_).starts_with(wanted); }
  bool is_python() const { return syntax_ == ScriptSyntax::python; }

  void step() {
    const char c = text_[at_];
    if (c == '\n') {
      ++line_;
      ++at_;
      new_line_ = true;
      indented_ = at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t');
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++at_;
    } else if (is_comment()) {
      skip_comment();
    } else if (is_quote(c)) {
      read_string(false);
    } else if (is_word_start(c)) {
      read_word();
    } else if (is_digit(c)) {
      read_number();
    } else if (c == '/' && is_regular_expression()) {
      skip_regular_expression();
    } else {
      read_symbol();
    }
  }

  bool is_comment() const {
    return is_python() ? text_[at_] == '#' : starts("//") || starts("/*") || starts("#!");
  }
  void skip_comment() {
    if (is_python() || !starts("/*")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    const std::size_t end = std::min(text_.find("*/", at_ + 2), text_.size());
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = std::min(end + 2, text_.size());
  }

  bool is_quote(char c) const {
    return c == '"' || c == '\'' || (c == '`' && syntax_ == ScriptSyntax::javascript);
  }

  void read_string(bool formatted) {
    const std::uint32_t line = line_;
    const char quote = text_[at_];
    const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
    const bool is_long = syntax_ != ScriptSyntax::javascript && starts(triple);
    const std::size_t begin = at_ + (is_long ? 3 : 1);
    std::size_t end = begin;
    bool holes = false;
    while (end < text_.size()) {
      const char c = text_[end];
      if (is_long ? text_.substr(end).starts_with(triple) : c == quote) break;
      if (c == '\n') {
        if (!is_long && quote != '`') break;
        ++line_;
      }
      if (c == '\\' && end + 1 < text_.size() && text_[end + 1] == '\n') ++line_;
      holes = holes || (quote == '`' && c == '$') || (formatted && c == '{');
      end += c == '\\' ? 2 : 1;
    }
    end = std::min(end, text_.size());
    push(ScriptTokenKind::string, text_.substr(begin, end - begin), line);
    tokens_.back().has_holes = holes;
    const bool closed = end < text_.size() && text_[end] != '\n';
    at_ = std::min(end + (is_long ? 3U : closed ? 1U : 0U), text_.size());
  }

  void read_word() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    const bool prefix = is_python() && word.size() <= 2 && end < text_.size() && is_quote(text_[end]) &&
                        word.find_first_not_of("rRbBuUfF") == std::string_view::npos;
    at_ = end;
    if (prefix)
      read_string(word.find_first_of("fF") != std::string_view::npos);
    else
      push(ScriptTokenKind::identifier, word, line_);
  }

  void read_number() {
    std::size_t end = at_;
    while (end < text_.size() && (is_word(text_[end]) || text_[end] == '.')) ++end;
    push(ScriptTokenKind::number, text_.substr(at_, end - at_), line_);
    at_ = end;
  }

  void read_symbol() {
    std::size_t length = 1;
    for (const auto known : kOperators)
      if (starts(known)) {
        length = known.size();
        break;
      }
    push(ScriptTokenKind::symbol, text_.substr(at_, length), line_);
    at_ += length;
  }

  // A slash where a value may start opens a regular expression, elsewhere it divides.
  bool is_regular_expression() const {
    if (syntax_ != ScriptSyntax::javascript) return false;
    if (tokens_.empty()) return true;
    const auto& last = tokens_.back();
    if (last.kind == ScriptTokenKind::symbol) return !last.is(")") && !last.is("]") && !last.is("}");
    return last.is("return") || last.is("typeof") || last.is("case");
  }
  void skip_regular_expression() {
    bool in_set = false;
    std::size_t end = at_ + 1;
    constexpr std::size_t kLongest = 1000;  // a slash that nothing ends in so many bytes divides
    const std::size_t last = std::min(text_.size(), at_ + kLongest);
    for (; end < last && text_[end] != '\n'; ++end) {
      if (text_[end] == '\\') {
        ++end;
      } else if (text_[end] == '[') {
        in_set = true;
      } else if (text_[end] == ']') {
        in_set = false;
      } else if (text_[end] == '/' && !in_set) {
        push(ScriptTokenKind::symbol, "/", line_);
        at_ = end + 1;
        return;
      }
    }
    push(ScriptTokenKind::symbol, "/", line_);
    ++at_;
  }

  void push(ScriptTokenKind kind, std::string_view text, std::uint32_t line) {
    tokens_.push_back({kind, text, line, new_line_, new_line_ && indented_, false});
    new_line_ = false;
  }

  std::string_view text_;
  ScriptSyntax syntax_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool new_line_ = true;
  bool indented_ = false;
  std::vector<ScriptToken> tokens_;
};

bool opens(const ScriptToken& token) {
  return token.is("(") || token.is("[") || token.is("{");
}
bool closes(const ScriptToken& token) {
  return token.is(")") || token.is("]") || token.is("}");
}

// Whether an expression goes on over the line end in front of `token`.
bool goes_on(const ScriptToken& before, const ScriptToken& token) {
  static constexpr std::array<std::string_view, 10> kJoins = {"||", "??", "&&", ".",  "?",
                                                              ":",  "+",  "=",  "=>", "or"};
  const auto joins = [](const ScriptToken& one) {
    return std::any_of(kJoins.begin(), kJoins.end(), [&one](std::string_view text) { return one.is(text); });
  };
  return joins(before) || joins(token);
}

}  // namespace

std::vector<ScriptToken> script_tokens(std::string_view text, ScriptSyntax syntax) {
  return Lexer(text, syntax).run();
}

std::size_t closing(const std::vector<ScriptToken>& tokens, std::size_t open) {
  constexpr std::size_t kLongest = 20'000;  // tokens, so that brackets that never close cost little
  std::size_t depth = 0;
  const std::size_t last = std::min(tokens.size(), open + kLongest);
  for (std::size_t i = open; i < last; ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i]) && --depth == 0) return i;
  }
  return tokens.size();
}

std::size_t expression_end(const std::vector<ScriptToken>& tokens, std::size_t begin) {
  constexpr std::size_t kLongest = 400;  // tokens; what is longer is no address
  std::size_t depth = 0;
  const std::size_t last = std::min(tokens.size(), begin + kLongest);
  for (std::size_t i = begin; i < last; ++i) {
    const auto& token = tokens[i];
    if (depth == 0 && i > begin && token.first_on_line && !goes_on(tokens[i - 1], token)) return i;
    if (opens(token)) ++depth;
    if (closes(token)) {
      if (depth == 0) return i;
      --depth;
    }
    if (depth == 0 && (token.is(",") || token.is(";"))) return i;
  }
  return last;
}

std::vector<ScriptRange> arguments_of(const std::vector<ScriptToken>& tokens, std::size_t open) {
  std::vector<ScriptRange> ranges;
  const std::size_t end = closing(tokens, open);
  std::size_t depth = 0;
  std::size_t begin = open + 1;
  for (std::size_t i = open + 1; i < end; ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i]) && depth > 0) --depth;
    if (depth == 0 && tokens[i].is(",")) {
      ranges.push_back({begin, i});
      begin = i + 1;
    }
  }
  if (begin < end) ranges.push_back({begin, end});
  return ranges;
}

}  // namespace crtune::project
