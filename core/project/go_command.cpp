#include "core/project/go_command.hpp"

#include "core/project/go_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

constexpr std::array<std::string_view, 10> kServingWords = {"serve", "server", "start", "run",    "web",
                                                            "api",   "http",   "up",    "daemon", "listen"};

struct SubCommand {
  std::string name;
  bool runs = false;
  model::Evidence evidence;
};

bool is_command_type(const GoFile& file, const std::vector<GoToken>& tokens, std::size_t at) {
  if (!tokens[at].is("Command") || at < 2 || !tokens[at - 1].is(".")) return false;
  const auto import = file.import_path(tokens[at - 2].text);
  return import_matches(import, "github.com/spf13/cobra") || import_matches(import, "github.com/urfave/cli");
}

// cobra.Command{Use: "serve", RunE: …}, cli.Command{Name: "serve", Action: …}
std::vector<SubCommand> sub_commands(const GoFile& file) {
  std::vector<SubCommand> found;
  const auto& tokens = file.tokens;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (!tokens[i + 1].is("{") || !is_command_type(file, tokens, i)) continue;
    SubCommand command;
    for (const auto part : split_list(tokens, {i + 2, closing_bracket(tokens, i + 1)})) {
      if (part.size() < 3) continue;
      const GoToken& key = tokens[part.begin];
      const GoToken& value = tokens[part.begin + 2];
      if ((key.is("Use") || key.is("Name")) && value.is_string()) {
        command.name = unquote_go(value.text);
        command.name.resize(std::min(command.name.find(' '), command.name.size()));
        command.evidence = {fmt::format("command: {}", command.name), file.path, value.line};
      }
      if (key.is("Run") || key.is("RunE") || key.is("Action")) command.runs = true;
    }
    if (!command.name.empty()) found.push_back(std::move(command));
  }
  return found;
}

}  // namespace

void find_command(const std::vector<const GoPackage*>& packages, const std::vector<GoCall>&,
                  model::Project& project) {
  std::vector<SubCommand> all;
  for (const auto* package : packages) {
    if (package->vendored) continue;
    for (const auto& file : package->files)
      for (auto& command : sub_commands(file)) all.push_back(std::move(command));
  }
  if (all.size() < 2) return;  // a root command alone
  const SubCommand* serving = nullptr;
  for (const auto word : kServingWords) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [word](const SubCommand& c) { return c.runs && c.name == word; });
    if (found == all.end()) continue;
    serving = &*found;
    break;
  }
  if (serving == nullptr) {
    project.notes.push_back(fmt::format(
        "the program has {} commands and none is named like a server; if one must be given, add it to args",
        all.size()));
    return;
  }
  project.command = serving->name;
  project.evidence.push_back(serving->evidence);
}

}  // namespace crtune::project
