#include "core/check/rules/shell_edits.hpp"

#include "core/dockerfile/characters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

// What may stand behind the last command of a script without being a comment or an operator.
bool closes_only(std::string_view rest) {
  for (const std::string_view word : {"fi", "done", "esac", "}"}) {
    rest = dockerfile::trim(rest);
    if (rest.starts_with(";") && dockerfile::trim(rest.substr(1)).starts_with(word))
      rest = dockerfile::trim(rest.substr(1));
    if (rest.starts_with(word)) rest.remove_prefix(word.size());
  }
  return dockerfile::trim(rest).empty();
}

}  // namespace

bool mounts(const dockerfile::Instruction& instruction, std::string_view folder) {
  return std::any_of(instruction.flags.begin(), instruction.flags.end(), [&](const auto& flag) {
    if (flag.name != "mount" || !flag.value) return false;
    const std::string_view value = *flag.value;
    if (value.find("type=cache") == std::string_view::npos &&
        value.find("type=tmpfs") == std::string_view::npos)
      return false;
    for (const std::string_view key : {"target=", "dst=", "destination="}) {
      const auto at = value.find(key);
      if (at == std::string_view::npos) continue;
      std::string_view target = value.substr(at + key.size());
      target = target.substr(0, target.find(','));
      while (target.size() > 1 && target.ends_with('/')) target.remove_suffix(1);
      return target.starts_with(folder) || (folder.starts_with(target) && folder[target.size()] == '/');
    }
    return false;
  });
}

void append_command(Found& found, const Subject& subject, const Call& call, std::string_view command) {
  const auto& script = call.script();
  if (!script.is_editable() || script.commands().empty()) return;
  const auto& instruction = subject.at(call.instruction());
  const bool is_heredoc = !instruction.heredocs.empty();
  if (is_heredoc && instruction.words.size() != 1) return;
  if (is_heredoc) {
    const auto content = instruction.heredocs.front().content;
    if (subject.document.slice(content).ends_with("\n"))
      found.insert(content.end, fmt::format("{}{}", command, dockerfile::line_end(subject.document)));
    return;
  }
  const auto& last = script.commands().back();
  if (last.after == dockerfile::ShellOperator::background) return;
  const std::string_view rest = std::string_view(script.text()).substr(last.end);
  if (!closes_only(rest)) return;
  const std::size_t end = last.end + rest.find_last_not_of(" \t\r") + 1;
  found.insert(script.span(0, rest.find_last_not_of(" \t\r") == std::string_view::npos ? last.end : end).end,
               fmt::format(" && {}", command));
}

bool mentions(const Subject& subject, std::size_t instruction, std::string_view text) {
  const auto calls = subject.calls_of(instruction);
  return std::any_of(calls.begin(), calls.end(), [&](const Call& call) { return call.has_prefix(text); });
}

std::size_t pip_install(const Call& call) {
  const bool python = call.program().starts_with("python") && call.words().size() > 3 &&
                      call.words()[1].text == "-m" && call.words()[2].text == "pip";
  const bool pip = call.program() == "pip" || call.program() == "pip3" || call.program() == "pip2";
  return pip || python ? call.find({"install"}) : 0;
}

std::size_t system_install(const Call& call) {
  if (call.is({"apt-get", "apt", "yum", "dnf", "microdnf"})) return call.find({"install"});
  if (call.is({"zypper"})) return call.find({"install", "in"});
  return call.is({"apk"}) ? call.find({"add"}) : 0;
}

std::string exec_form(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const auto& word : words) {
    out += out.size() > 1 ? ", \"" : "\"";
    for (const char c : word) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "]";
}

std::optional<std::size_t> start_instruction(const Subject& subject) {
  const auto entrypoint = subject.last_final("ENTRYPOINT");
  return entrypoint ? entrypoint : subject.last_final("CMD");
}

}  // namespace crtune::check::rules
