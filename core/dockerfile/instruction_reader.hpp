// One instruction from its joined text.
#pragma once

#include "core/dockerfile/document.hpp"

#include <string_view>
#include <vector>

namespace crtune::dockerfile {

// Fills in keyword, flags, form, words and assignments of an instruction whose joined text is complete, and
// notes what is wrong with it.
class InstructionReader {
 public:
  InstructionReader(char escape, std::vector<Problem>& problems) : escape_(escape), problems_(problems) {}

  void read(Instruction& instruction) const;
  // Checks what can only be judged once the heredocs are known.
  void check_words(const Instruction& instruction) const;

 private:
  void read_flags(Instruction& instruction) const;
  void read_arguments(Instruction& instruction) const;
  void read_array(Instruction& instruction, std::size_t begin) const;
  void read_assignments(Instruction& instruction) const;
  void read_trigger(Instruction& instruction) const;
  void report(Span span, std::string message, ProblemKind kind = ProblemKind::syntax,
              std::string hint = {}) const;

  char escape_;
  std::vector<Problem>& problems_;
};

// The heredocs that the words of RUN, COPY and ADD open, also behind ONBUILD; their contents are not known
// yet.
std::vector<Heredoc> opened_heredocs(const Instruction& instruction);

// Every keyword there is.
bool is_keyword(std::string_view upper_case);

}  // namespace crtune::dockerfile
