#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {
namespace {

bool is_shell(std::string_view program) {
  return program == "sh" || program == "bash" || program == "ash" || program == "dash" || program == "zsh" ||
         program.starts_with("python");
}

}  // namespace

void check_piped_script(const Subject& subject, Findings& findings) {
  bool fetching = false;  // an earlier command of this pipe fetches
  for (const auto& call : subject.calls) {
    if (call.command().before != dockerfile::ShellOperator::pipe) fetching = false;
    if (fetching && is_shell(call.program()))
      findings.add_call(call, fmt::format("what the network answers is run by {}", shown(call.program())));
    for (const auto& word : call.words())
      if (is_shell(call.program()) && (word.text.starts_with("$(curl") || word.text.starts_with("$(wget")))
        findings.add_word(call, word,
                          fmt::format("what the network answers is run by {}", shown(call.program())));
    if (call.is({"curl", "wget"})) fetching = true;
  }
}

}  // namespace crtune::check::rules
