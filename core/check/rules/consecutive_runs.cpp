#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

constexpr std::size_t kFewCommands = 2;  // longer ones are kept apart for the cache's sake

// Whether its commands can be joined to others with "&&".
bool can_be_joined(const Subject& subject, std::size_t index) {
  const auto& run = subject.at(index);
  const auto calls = subject.calls_of(index);
  if (run.form == dockerfile::Form::exec || !run.heredocs.empty() || !run.blank_lines.empty() ||
      calls.empty())
    return false;
  return std::all_of(calls.begin(), calls.end(), [](const Call& call) {
    const auto after = call.command().after;
    const bool plain =
        after == dockerfile::ShellOperator::none || after == dockerfile::ShellOperator::and_then;
    return plain && !call.is({"cd", "set", "export", "exec", "exit", "umask", "if", "for"});
  });
}

}  // namespace

void check_consecutive_runs(const Subject& subject, Findings& findings) {
  const auto& all = subject.final_instructions;
  for (std::size_t k = 0; k + 1 < all.size(); ++k) {
    const auto& first = subject.at(all[k]);
    const auto& second = subject.at(all[k + 1]);
    if (all[k + 1] != all[k] + 1 || first.keyword != "RUN" || second.keyword != "RUN") continue;
    if (!first.flags.empty() || !second.flags.empty()) continue;
    if (subject.calls_of(all[k]).size() > kFewCommands || subject.calls_of(all[k + 1]).size() > kFewCommands)
      continue;
    auto& found =
        findings
            .add(all[k + 1], fmt::format("this RUN and that of line {} make two layers", first.first_line))
            .unsafe();
    found.say("join both with &&");
    const bool adjacent = second.first_line == first.last_line + 1;
    if (!adjacent || !can_be_joined(subject, all[k]) || !can_be_joined(subject, all[k + 1])) continue;
    if (first.words.empty() || second.words.empty()) continue;
    const auto end = line_end(subject.document);
    found.edit({first.words.back().span.end, second.words.front().span.begin},
               fmt::format(" && {}{}    ", subject.document.escape, end));
  }
}

}  // namespace crtune::check::rules
