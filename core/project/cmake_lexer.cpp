#include "core/project/cmake_lexer.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

constexpr std::size_t kMaxCommands = 100'000;
constexpr std::size_t kMaxArguments = 20'000;

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<CMakeCommand> run() {
    while (at_ < text_.size() && commands_.size() < kMaxCommands) {
      skip_space();
      if (at_ >= text_.size()) break;
      if (is_name(text_[at_]))
        read_command();
      else
        ++at_;
    }
    return std::move(commands_);
  }

 private:
  void move_to(std::size_t end) {
    end = std::min(end, text_.size());
    line_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }

  // White space and comments.
  void skip_space() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        move_to(at_ + 1);
      } else if (c == '#') {
        const std::size_t equals = bracket_length(at_ + 1);
        move_to(equals == std::string_view::npos ? text_.find('\n', at_) : end_of_bracket(at_ + 1, equals));
      } else {
        return;
      }
    }
  }

  // Of "[==[" at `at` the number of equals signs, or npos.
  std::size_t bracket_length(std::size_t at) const {
    if (at >= text_.size() || text_[at] != '[') return std::string_view::npos;
    std::size_t next = at + 1;
    while (next < text_.size() && text_[next] == '=') ++next;
    return next < text_.size() && text_[next] == '[' ? next - at - 1 : std::string_view::npos;
  }

  std::size_t end_of_bracket(std::size_t at, std::size_t equals) const {
    const std::string close = "]" + std::string(equals, '=') + "]";
    const std::size_t found = text_.find(close, at + equals + 2);
    return found == std::string_view::npos ? text_.size() : found + close.size();
  }

  void read_command() {
    CMakeCommand command;
    command.line = line_;
    while (at_ < text_.size() && is_name(text_[at_])) command.name += text_[at_++];
    std::transform(command.name.begin(), command.name.end(), command.name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    skip_space();
    if (at_ >= text_.size() || text_[at_] != '(') return;
    move_to(at_ + 1);
    read_arguments(command);
    commands_.push_back(std::move(command));
  }

  void read_arguments(CMakeCommand& command) {
    std::size_t depth = 1;
    while (true) {
      skip_space();
      if (at_ >= text_.size()) return;
      const char c = text_[at_];
      const std::size_t equals = bracket_length(at_);
      if (c == ')' && --depth == 0) return move_to(at_ + 1);
      CMakeArgument argument;
      if (c == '(' || c == ')') {
        if (c == '(') ++depth;
        argument.text = c;
        move_to(at_ + 1);
      } else if (equals != std::string_view::npos) {
        const std::size_t end = end_of_bracket(at_, equals);
        const std::size_t begin = at_ + equals + 2;
        argument.kind = CMakeArgument::Kind::bracket;
        argument.text = text_.substr(begin, std::max(end, begin + equals + 2) - begin - equals - 2);
        move_to(end);
      } else if (c == '"') {
        read_quoted(argument);
      } else {
        read_unquoted(argument);
      }
      if (command.arguments.size() < kMaxArguments) command.arguments.push_back(std::move(argument));
    }
  }

  void read_quoted(CMakeArgument& argument) {
    argument.kind = CMakeArgument::Kind::quoted;
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2U : 1U;
    end = std::min(end, text_.size());
    argument.text = text_.substr(at_ + 1, end - at_ - 1);
    move_to(end + 1);
  }

  // A quote inside belongs to it: -DNAME="a b".
  void read_unquoted(CMakeArgument& argument) {
    std::size_t end = at_;
    while (end < text_.size()) {
      const char c = text_[end];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')' || c == '#') break;
      if (c == '\\') ++end;
      if (c == '"') {
        ++end;
        while (end < text_.size() && text_[end] != '"' && text_[end] != '\n')
          end += text_[end] == '\\' ? 2U : 1U;
      }
      ++end;
    }
    end = std::min(std::max(end, at_ + 1), text_.size());
    argument.text = text_.substr(at_, end - at_);
    move_to(end);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::vector<CMakeCommand> commands_;
};

}  // namespace

std::vector<CMakeCommand> lex_cmake(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace crtune::project
