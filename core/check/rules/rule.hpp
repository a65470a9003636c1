// A rule for Dockerfiles: what it is called here and elsewhere, why it matters, and the code that looks for
// it. One rule, one file, one row in the table.
#pragma once

#include "core/check/found.hpp"
#include "core/check/subject.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::check::rules {

// Takes what a rule found. Places are filled in from the instruction, the word or the command.
class Findings {
 public:
  Findings(const Subject& subject, std::vector<Found>& out) : subject_(subject), out_(out) {}

  void begin(const model::RuleText& rule) { rule_ = &rule; }
  // About an instruction (its keyword), a part of it, or a command in it.
  Found& add(std::size_t instruction, std::string message);
  Found& add_span(std::size_t instruction, dockerfile::Span span, std::string message);
  Found& add_call(const Call& call, std::string message);
  // About a word of a command.
  Found& add_word(const Call& call, const dockerfile::ShellWord& word, std::string message);
  // About bytes that belong to no instruction.
  Found& add_bytes(dockerfile::Span span, std::string message);
  // About another file.
  Found& add_file(const std::string& path, std::uint64_t line, std::uint64_t column, std::string message);

 private:
  const Subject& subject_;
  std::vector<Found>& out_;
  const model::RuleText* rule_ = nullptr;
};

struct Rule {
  model::RuleText text;
  void (*check)(const Subject& subject, Findings& findings);
};

// Every rule, in the order of their ids.
std::span<const Rule> all_rules();
std::vector<model::RuleText> rule_texts();

// Text of an input as a message shows it.
std::string shown(std::string_view text);

}  // namespace crtune::check::rules
