#include "core/check/known_bases.hpp"
#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {
namespace {

// The words of a command that needs no shell; nothing where it does.
std::optional<std::vector<std::string>> plain_words(const dockerfile::Script& script) {
  if (script.commands().size() != 1) return std::nullopt;
  const auto& command = script.commands().front();
  if (!command.assignments.empty() || !command.targets.empty() || command.words.empty()) return std::nullopt;
  if (command.before != dockerfile::ShellOperator::none || command.after != dockerfile::ShellOperator::none)
    return std::nullopt;
  std::vector<std::string> words;
  for (const auto& word : command.words) {
    const auto raw = std::string_view(script.text()).substr(word.begin, word.end - word.begin);
    if (raw.find_first_of("$`*?[]~{}\\!#") != std::string_view::npos) return std::nullopt;
    if (words.empty() && word.text == "exec") continue;
    // Built into the shell, or only the shell's: no program of that name need be there.
    if (words.empty() &&
        (word.text == "cd" || word.text == "source" || word.text == "." || word.text == "export" ||
         word.text == "eval" || word.text == "ulimit" || word.text == "if" || word.text == "while"))
      return std::nullopt;
    words.push_back(word.text);
  }
  return words.empty() ? std::nullopt : std::optional(std::move(words));
}

bool starts_with_exec(const dockerfile::Script& script) {
  return !script.commands().empty() && script.commands().back().program() == "exec";
}

}  // namespace

void check_shell_form(const Subject& subject, Findings& findings) {
  const bool no_shell = subject.final_base() && has_no_shell(*subject.final_base());
  for (const std::string_view keyword : {"ENTRYPOINT", "CMD"}) {
    const auto index = subject.last_final(keyword);
    if (!index || subject.at(*index).form == dockerfile::Form::exec || subject.at(*index).words.empty())
      continue;
    const auto& instruction = subject.at(*index);
    const dockerfile::Span body = {instruction.words.front().span.begin, instruction.words.back().span.end};
    auto& found = findings.add_span(
        *index, body,
        no_shell ? fmt::format("{} needs a shell, and the image has none", keyword)
                 : fmt::format("{} is run by /bin/sh, which passes no signals on", keyword));
    if (no_shell) found.as(model::Severity::error);
    const auto& scripts = subject.scripts[*index];
    if (!no_shell && !scripts.empty() && starts_with_exec(scripts.front())) found.as(model::Severity::info);
    const auto words = scripts.size() == 1 ? plain_words(scripts.front()) : std::nullopt;
    if (words && !subject.last_final("SHELL") && instruction.blank_lines.empty())
      found.edit(body, exec_form(*words));
    else
      found.say(fmt::format("{} [\"sh\", \"-c\", \"exec …\"]", keyword));
  }
}

}  // namespace crtune::check::rules
