#include "core/check/rules/go_builds.hpp"
#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {
namespace {

// "-s" as a word of the linker's flags.
bool has_flag(std::string_view flags, std::string_view flag) {
  for (std::size_t at = flags.find(flag); at != std::string_view::npos; at = flags.find(flag, at + 1)) {
    const std::size_t end = at + flag.size();
    const bool begins = at == 0 || flags[at - 1] == ' ' || flags[at - 1] == '=' || flags[at - 1] == '\'' ||
                        flags[at - 1] == '"';
    if (begins && (end == flags.size() || flags[end] == ' ' || flags[end] == '\'' || flags[end] == '"'))
      return true;
  }
  return false;
}

// Adds -s -w to the linker's flags that stand there, or as an option of its own.
void add_strip(Found& found, const Call& call, const dockerfile::ShellWord* flags, std::size_t after_build) {
  if (flags == nullptr) {
    found.insert(after_build, found.edits.empty() ? " -ldflags=\"-s -w\"" : "");
    return;
  }
  const auto& text = call.script().text();
  std::size_t at = flags->begin;
  if (text.compare(at, 9, "-ldflags=") == 0) at += 9;
  if (text.compare(at, 10, "--ldflags=") == 0) at += 10;
  if (at < flags->end && (text[at] == '"' || text[at] == '\''))
    found.insert(call.script().span(at, at + 1).end, "-s -w ");
}

}  // namespace

void check_go_flags(const Subject& subject, Findings& findings) {
  for (const auto& build : go_builds(subject)) {
    const Call& call = *build.call;
    if (build.go_flags.find('$') != std::string::npos) continue;
    const bool trims =
        call.has({"-trimpath", "--trimpath"}) || build.go_flags.find("-trimpath") != std::string::npos;
    const dockerfile::ShellWord* flags = nullptr;
    for (std::size_t i = 1; i < call.words().size(); ++i) {
      const auto& text = call.words()[i].text;
      if (text.starts_with("-ldflags=") || text.starts_with("--ldflags=")) flags = &call.words()[i];
      if ((text == "-ldflags" || text == "--ldflags") && i + 1 < call.words().size())
        flags = &call.words()[i + 1];
    }
    const std::string given = (flags != nullptr ? flags->text : "") + " " + build.go_flags;
    const bool strips = has_flag(given, "-s") || has_flag(given, "-w") ||
                        given.find('$') != std::string::npos || call.has_prefix("$");
    if (trims && strips) continue;
    auto& found = findings.add_call(call, trims    ? "the program keeps its symbol tables and DWARF"
                                          : strips ? "the program keeps the paths of the build machine"
                                                   : "the program keeps symbol tables, DWARF and paths");
    found.say("go build -trimpath -ldflags=\"-s -w\" …");
    if (!call.is_editable()) continue;
    const std::size_t after = call.after(call.words()[1]);
    if (!trims)
      found.insert(after, flags == nullptr && !strips ? " -trimpath -ldflags=\"-s -w\"" : " -trimpath");
    if (!strips && (flags != nullptr || trims)) add_strip(found, call, flags, after);
    if (!found.edits.empty()) found.finding.fix.clear();
  }
}

}  // namespace crtune::check::rules
