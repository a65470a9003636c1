#include "core/analysis/rules/shell_text.hpp"

#include "core/base/escape.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis::rules {

namespace {

constexpr std::size_t kMaxText = 64U << 10U;

bool is_keyword(std::string_view word) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac", "trap", "{"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_assignment(std::string_view word) {
  const auto equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text.substr(0, kMaxText)) {}

  ShellText run() {
    for (at_ = 0; at_ < text_.size(); ++at_) step(text_[at_]);
    end_command();
    return std::move(out_);
  }

 private:
  void step(char c) {
    if (quote_ != 0) {
      if (c == quote_)
        quote_ = 0;
      else
        word_ += c;
      return;
    }
    switch (c) {
      case '\'':
      case '"':
        quote_ = c;
        quoted_ = true;
        out_.is_plain = false;
        return;
      case '\\':
        out_.is_plain = false;
        if (++at_ < text_.size() && text_[at_] != '\n') word_ += text_[at_];
        return;
      case ' ':
      case '\t': end_word(); return;
      case ';':
      case '\n': end_command(); return;
      case '&':
      case '|': end_with(c); return;
      default: break;
    }
    constexpr std::string_view kSpecial = "$`*?[]<>(){}#~!";
    if (kSpecial.find(c) != std::string_view::npos) out_.is_plain = false;
    word_ += c;
  }

  // & and |, alone or doubled; 2>&1, &> and >| only say where output goes.
  void end_with(char c) {
    const char before = at_ > 0 ? text_[at_ - 1] : ' ';
    const char after = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
    if (before == '>' || (c == '&' && after == '>')) {
      word_ += c;
      return;
    }
    if (after == c)
      ++at_;
    else
      out_.pipes = true;
    end_command();
  }

  void end_word() {
    if (word_.empty() && !quoted_) return;
    if (words_.empty() && is_assignment(word_)) {
      out_.sets_variables = true;
    } else if (words_.empty() && word_ == "exec") {
      out_.execs = true;
    } else {
      if (words_.empty() && is_keyword(word_)) out_.is_plain = false;
      words_.push_back(std::move(word_));
    }
    word_.clear();
    quoted_ = false;
  }

  void end_command() {
    end_word();
    if (words_.empty()) return;
    ++out_.commands;
    out_.words = std::move(words_);
    words_.clear();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  char quote_ = 0;
  bool quoted_ = false;
  std::string word_;
  std::vector<std::string> words_;
  ShellText out_;
};

}  // namespace

ShellText read_shell_text(std::string_view text) {
  return Reader(text).run();
}

std::string json_form(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const auto& word : words) {
    out += out.size() > 1 ? ", \"" : "\"";
    for (const char c : word) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return base::escape_controls(out + "]");
}

}  // namespace crtune::analysis::rules
