#include "core/dockerfile/shell.hpp"

#include "core/dockerfile/characters.hpp"

#include <algorithm>
#include <array>

namespace crtune::dockerfile {
namespace {

bool is_reserved(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {"if",   "then",  "elif",  "else", "fi", "do",
                                                              "done", "while", "until", "!",    "{",  "}"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_assignment(std::string_view word) {
  std::size_t at = 0;
  while (at < word.size() && is_name(word[at])) ++at;
  return at > 0 && at < word.size() && word[at] == '=' && !is_digit(word.front());
}

class CommandSplitter {
 public:
  explicit CommandSplitter(std::string_view script) : script_(script) {}

  std::vector<ShellCommand> split() {
    while (at_ < script_.size()) step();
    end_command(ShellOperator::none, script_.size());
    return std::move(commands_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < script_.size() ? script_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = peek();
    if (c == '\n') {
      end_command(ShellOperator::next, at_++);
      skip_inner_heredocs();
    } else if (is_space(c)) {
      ++at_;
    } else if (c == '#') {
      while (at_ < script_.size() && peek() != '\n') ++at_;
    } else if (c == '<' || c == '>' || (c == '&' && peek(1) == '>')) {
      redirection();
    } else if (const auto length = operator_length(); length > 0) {
      const auto op = operator_kind(script_.substr(at_, length));
      end_command(op, at_);
      at_ += length;
    } else {
      word();
    }
  }

  std::size_t operator_length() const {
    const char c = peek();
    if (c == '&' || c == '|' || c == ';') return peek(1) == c || (c == '|' && peek(1) == '&') ? 2 : 1;
    return c == '(' || c == ')' ? 1 : 0;
  }
  static ShellOperator operator_kind(std::string_view text) {
    if (text == "&&") return ShellOperator::and_then;
    if (text == "||") return ShellOperator::or_else;
    if (text == "|" || text == "|&") return ShellOperator::pipe;
    if (text == "&") return ShellOperator::background;
    if (text == "(") return ShellOperator::open;
    if (text == ")") return ShellOperator::close;
    return ShellOperator::next;
  }

  void end_command(ShellOperator op, std::size_t at) {
    const bool nothing = current_.words.empty() && current_.assignments.empty() && current_.targets.empty();
    if (!nothing) {
      current_.after = op;
      current_.end = end_of_last_;
      commands_.push_back(std::move(current_));
    }
    (void)at;
    current_ = {};
    current_.before = op;
    begun_ = false;
  }

  // ">", ">>", "2>&1", "<", "<<EOF" and the word after them.
  void redirection() {
    if (!current_.words.empty() && current_.words.back().end == at_ && current_.words.back().plain &&
        std::all_of(current_.words.back().text.begin(), current_.words.back().text.end(), is_digit))
      current_.words.pop_back();
    const std::size_t begin = at_;
    while (peek() == '<' || peek() == '>' || peek() == '&' || peek() == '|') ++at_;
    const bool heredoc = script_.substr(begin, at_ - begin) == "<<";
    if (heredoc && peek() == '-') ++at_;
    while (peek() == ' ' || peek() == '\t') ++at_;
    if (at_ >= script_.size() || peek() == '\n' || operator_length() > 0) return;
    ShellWord target = read_word();
    end_of_last_ = target.end;
    if (heredoc) {
      inner_heredocs_.push_back(target.text);
    } else {
      current_.targets.push_back(std::move(target));
    }
  }

  void skip_inner_heredocs() {
    for (const auto& name : inner_heredocs_) {
      while (at_ < script_.size()) {
        const std::size_t end = std::min(script_.find('\n', at_), script_.size());
        const auto line = trim(script_.substr(at_, end - at_));
        at_ = std::min(end + 1, script_.size());
        if (line == name) break;
      }
    }
    inner_heredocs_.clear();
  }

  void word() {
    ShellWord one = read_word();
    end_of_last_ = one.end;
    if (current_.words.empty() && one.plain && is_reserved(one.text)) return;
    if (!begun_) current_.begin = one.begin;
    begun_ = true;
    if (current_.words.empty() && is_assignment(one.text)) {
      current_.assignments.push_back(std::move(one));
    } else {
      current_.words.push_back(std::move(one));
    }
  }

  ShellWord read_word() {
    ShellWord one;
    one.begin = at_;
    while (at_ < script_.size()) {
      const char c = peek();
      if (is_space(c) || c == ';' || c == '|' || c == '&' || c == '<' || c == '>' || c == ')' || c == '(')
        break;
      if (c == '\'') {
        single_quoted(one);
      } else if (c == '"') {
        double_quoted(one);
      } else if (c == '\\') {
        one.plain = false;
        if (at_ + 1 < script_.size() && peek(1) != '\n') one.text += peek(1);
        at_ = std::min(at_ + 2, script_.size());
      } else if (c == '`' || (c == '$' && (peek(1) == '(' || peek(1) == '{'))) {
        substitution(one);
      } else {
        if (c == '$' || c == '*' || c == '?' || c == '[' || c == '~') one.plain = false;
        one.text += c;
        ++at_;
      }
    }
    one.end = at_;
    // What looks like an operator and is none of those above must not stop the reading.
    if (one.end == one.begin) one.end = ++at_;
    return one;
  }

  void single_quoted(ShellWord& one) {
    one.plain = false;
    const std::size_t close = std::min(script_.find('\'', at_ + 1), script_.size());
    one.text += script_.substr(at_ + 1, close - at_ - 1);
    at_ = std::min(close + 1, script_.size());
  }

  void double_quoted(ShellWord& one) {
    one.plain = false;
    ++at_;
    while (at_ < script_.size() && peek() != '"') {
      if (peek() == '\\' && at_ + 1 < script_.size()) {
        const char next = peek(1);
        if (next != '"' && next != '$' && next != '\\' && next != '`') one.text += '\\';
        one.text += next;
        at_ += 2;
      } else if (peek() == '`' || (peek() == '$' && (peek(1) == '(' || peek(1) == '{'))) {
        substitution(one);
      } else {
        one.text += script_[at_++];
      }
    }
    at_ = std::min(at_ + 1, script_.size());
  }

  // `…`, $(…) or ${…}, taken whole.
  void substitution(ShellWord& one) {
    one.plain = false;
    const std::size_t begin = at_;
    if (peek() == '`') {
      at_ = std::min(script_.find('`', at_ + 1), script_.size() - 1) + 1;
    } else {
      const char open = peek(1);
      const char close = open == '(' ? ')' : '}';
      std::size_t depth = 0;
      for (++at_; at_ < script_.size(); ++at_) {
        if (peek() == '\\' && at_ + 1 < script_.size()) {
          ++at_;
        } else if (peek() == open) {
          ++depth;
        } else if (peek() == close && --depth == 0) {
          ++at_;
          break;
        }
      }
    }
    one.text += script_.substr(begin, at_ - begin);
  }

  std::string_view script_;
  std::size_t at_ = 0;
  std::size_t end_of_last_ = 0;
  bool begun_ = false;
  ShellCommand current_;
  std::vector<ShellCommand> commands_;
  std::vector<std::string> inner_heredocs_;
};

bool is_shell(std::string_view program) {
  program = program.substr(program.rfind('/') + 1);
  return program == "sh" || program == "bash" || program == "ash" || program == "dash";
}

}  // namespace

std::string_view ShellCommand::program() const {
  if (words.empty()) return {};
  const std::string_view text = words.front().text;
  return text.substr(text.rfind('/') + 1);
}

bool ShellCommand::has(std::string_view word) const {
  return words.size() > 1 &&
         std::any_of(words.begin() + 1, words.end(), [&](const ShellWord& one) { return one.text == word; });
}

std::vector<ShellCommand> split_commands(std::string_view script) {
  return CommandSplitter(script).split();
}

Script Script::of_body(const Instruction& instruction) {
  Script out;
  out.joined_ = &instruction.joined;
  out.joined_begin_ = instruction.body;
  out.text_ = instruction.body_text();
  out.commands_ = split_commands(out.text_);
  out.editable_ = true;
  return out;
}

Script Script::of_heredoc(const Document& document, const Heredoc& heredoc) {
  Script out;
  out.place_ = heredoc.content;
  out.text_ = document.slice(heredoc.content);
  out.commands_ = split_commands(out.text_);
  out.editable_ = true;
  return out;
}

Script Script::of_text(std::string text, Span place) {
  Script out;
  out.place_ = place;
  out.text_ = std::move(text);
  out.commands_ = split_commands(out.text_);
  return out;
}

Script Script::of_words(const std::vector<Word>& words, Span place) {
  Script out;
  out.place_ = place;
  ShellCommand command;
  for (const auto& word : words) {
    command.words.push_back(
        {.text = word.text, .begin = out.text_.size(), .end = out.text_.size() + word.text.size()});
    out.text_ += word.text + " ";
  }
  command.end = out.text_.size();
  if (!command.words.empty()) out.commands_.push_back(std::move(command));
  return out;
}

Span Script::span(std::size_t begin, std::size_t end) const {
  if (joined_ != nullptr) return joined_->span(joined_begin_ + begin, joined_begin_ + end);
  if (!editable_) return place_;
  return {place_.begin + begin, place_.begin + end};
}

std::vector<Script> scripts_of(const Document& document, const Instruction& instruction) {
  std::vector<Script> out;
  const auto& words = instruction.words;
  if (instruction.form == Form::exec) {
    const bool given = words.size() > 2 && is_shell(words[0].text) && words[1].text.starts_with('-') &&
                       words[1].text.ends_with('c');
    if (!words.empty())
      out.push_back(given ? Script::of_text(words[2].text, words[2].span)
                          : Script::of_words(words, words.front().span));
    return out;
  }
  const bool only_heredoc =
      instruction.keyword == "RUN" && instruction.heredocs.size() == 1 && words.size() == 1;
  if (only_heredoc) {
    out.push_back(Script::of_heredoc(document, instruction.heredocs.front()));
  } else if (!words.empty()) {
    out.push_back(Script::of_body(instruction));
  }
  return out;
}

}  // namespace crtune::dockerfile
