#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/shell_text.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/escape.hpp"
#include "core/secret/scan.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr std::size_t kMaxLine = 200;

// The line to write. A text that sets variables or holds a secret is not repeated.
std::string fix_for(const ShellText& read, const std::string& text, std::string_view instruction) {
  const bool is_secret = read.sets_variables || !secret::scan_words(text, {}).empty();
  if (is_secret || text.size() > kMaxLine)
    return fmt::format("write exec before the last command: {} exec …", instruction);
  if (read.commands == 1 && read.is_plain) return fmt::format("{} {}", instruction, json_form(read.words));
  if (read.commands == 1) return fmt::format("{} exec {}", instruction, base::one_line(text, kMaxLine));
  return fmt::format("write exec before the last command, {}: {} … exec {}",
                     base::one_line(read.words.empty() ? "" : read.words.front(), 60), instruction,
                     base::one_line(read.words.empty() ? "" : read.words.front(), 60));
}

}  // namespace

void check_shell_form(const Subject& subject, Findings& findings) {
  const Start& start = subject.start;
  if (!start.is_shell || start.words.size() < 3) return;
  const std::string& text = start.words[2];
  const ShellText read = read_shell_text(text);
  if (read.execs || read.commands == 0) return;
  const bool is_entrypoint = !subject.image.config.entrypoint.empty();
  const std::string_view instruction = is_entrypoint ? "ENTRYPOINT" : "CMD";
  auto& finding = findings.add(
      fmt::format("{} runs {} through a shell, which stays process 1 and does not pass SIGTERM on",
                  instruction, shown(read.words.front())),
      fix_for(read, text, instruction));
  // bash replaces itself by a last command that nothing runs beside.
  const bool is_bash = start.program != kNoEntry && base_name(subject.path_text(start.program)) == "bash";
  if (!is_bash || read.pipes) return;
  finding.severity = model::Severity::info;
  finding.message = fmt::format(
      "{} runs {} through a shell; bash replaces itself by it, other shells stay process 1 and "
      "do not pass SIGTERM on",
      instruction, shown(read.words.front()));
}

}  // namespace crtune::analysis::rules
