// One command of a RUN instruction as rules look at it: the program behind sudo and env, its words, its
// place.
#pragma once

#include "core/dockerfile/shell.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace crtune::check {

class Call {
 public:
  Call(std::size_t instruction, const dockerfile::Script& script, const dockerfile::ShellCommand& command);

  std::size_t instruction() const { return instruction_; }
  const dockerfile::Script& script() const { return *script_; }
  const dockerfile::ShellCommand& command() const { return *command_; }
  bool is_editable() const { return script_->is_editable(); }

  // The program's name without its folder, behind sudo, env, exec, time and nice.
  std::string_view program() const { return program_; }
  bool is(std::initializer_list<std::string_view> programs) const;
  // The words from the program on.
  std::span<const dockerfile::ShellWord> words() const { return words_; }
  // The index in words() of the first word that is one of these; 0 where there is none.
  std::size_t find(std::initializer_list<std::string_view> texts) const;
  bool has(std::initializer_list<std::string_view> texts) const { return find(texts) > 0; }
  // Whether a short option ("y" of -y or -qy) stands there.
  bool has_letter(char letter) const;
  bool has_prefix(std::string_view prefix) const;
  // Words after index `after` that are no options; words after an option of `takes_value` are left out.
  std::vector<const dockerfile::ShellWord*> operands(
      std::size_t after, std::initializer_list<std::string_view> takes_value) const;

  dockerfile::Span span() const { return script_->span(command_->begin, command_->end); }
  dockerfile::Span span_of(const dockerfile::ShellWord& word) const { return script_->span(word); }
  // The place after a word, where more can be inserted.
  std::size_t after(const dockerfile::ShellWord& word) const { return script_->span(word).end; }
  std::size_t end() const { return span().end; }

 private:
  std::size_t instruction_;
  const dockerfile::Script* script_;
  const dockerfile::ShellCommand* command_;
  std::span<const dockerfile::ShellWord> words_;
  std::string_view program_;
};

}  // namespace crtune::check
