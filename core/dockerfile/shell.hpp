// The commands of a shell script, as far as a reader of Dockerfiles must tell them apart: POSIX quoting,
// operators, reserved words, redirections. Nothing is expanded.
#pragma once

#include "core/dockerfile/document.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::dockerfile {

struct ShellWord {
  std::string text;       // without quotes; variables are left as they are
  std::size_t begin = 0;  // in the script
  std::size_t end = 0;
  bool plain = true;  // no quotes, escapes, variables or patterns
};

enum class ShellOperator : std::uint8_t { none, next, and_then, or_else, pipe, background, open, close };

struct ShellCommand {
  std::vector<ShellWord> assignments;  // NAME=value before it
  std::vector<ShellWord> words;        // without redirections; the program first
  std::vector<ShellWord> targets;      // of redirections
  ShellOperator before = ShellOperator::none;
  ShellOperator after = ShellOperator::none;
  std::size_t begin = 0;  // with its assignments
  std::size_t end = 0;

  // The program's name without its folder; empty where there is none.
  std::string_view program() const;
  // Whether a word after the program is this one.
  bool has(std::string_view word) const;
};

std::vector<ShellCommand> split_commands(std::string_view script);

// A script that an instruction runs, and where it stands.
class Script {
 public:
  // Words after keyword and flags of an instruction in shell form.
  static Script of_body(const Instruction& instruction);
  static Script of_heredoc(const Document& document, const Heredoc& heredoc);
  // Text that has no place of its own, such as the third word of ["sh", "-c", "…"].
  static Script of_text(std::string text, Span place);
  // A command that is there in words already.
  static Script of_words(const std::vector<Word>& words, Span place);

  const std::string& text() const { return text_; }
  const std::vector<ShellCommand>& commands() const { return commands_; }
  Span span(std::size_t begin, std::size_t end) const;
  Span span(const ShellWord& word) const { return span(word.begin, word.end); }
  // Whether its bytes stand in the file as they are here, so that they can be edited.
  bool is_editable() const { return editable_; }

 private:
  std::string text_;
  std::vector<ShellCommand> commands_;
  const JoinedText* joined_ = nullptr;
  std::size_t joined_begin_ = 0;
  Span place_;
  bool editable_ = false;
};

// The scripts of RUN, of CMD, ENTRYPOINT and HEALTHCHECK: in shell form the line, or a heredoc where the line
// is no more than one; in exec form the words, or what a shell among them is given.
std::vector<Script> scripts_of(const Document& document, const Instruction& instruction);

}  // namespace crtune::dockerfile
