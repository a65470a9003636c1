#include "core/project/node_start.hpp"

#include <algorithm>
#include <array>

namespace crtune::project {
namespace {

constexpr int kMaxCommands = 500;  // of scripts that call one another
constexpr int kMaxHops = 6;        // npm run a, which is npm run b, …

// Programs that only set something up for the one behind them.
constexpr auto kWrappers = std::to_array<std::string_view>(
    {"cross-env", "env", "exec", "dotenv", "npx", "time", "--", "env-cmd", "sudo", "dotenvx", "run"});
// Programs that run a file as node does.
constexpr auto kRunners =
    std::to_array<std::string_view>({"node", "nodejs", "nodemon", "ts-node", "tsx", "ts-node-dev", "tsnd",
                                     "bun", "pm2-runtime", "babel-node", "deno", "supervisor"});

template <typename Table>
bool is_one_of(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  return equals != std::string_view::npos && equals > 0 &&
         std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// The commands between && ; and ||, in order.
std::vector<std::string> commands_of(std::string_view script) {
  std::vector<std::string> out(1);
  char quote = '\0';
  for (std::size_t i = 0; i < script.size(); ++i) {
    const char c = script[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == ';' || c == '&' || c == '|') {
      if (!out.back().empty()) out.emplace_back();
      continue;
    }
    out.back() += c;
  }
  return out;
}

// The script that `npm run x`, `yarn x` or `pnpm x` calls, or empty.
std::string called_script(const std::vector<std::string>& words, const NodeManifest& manifest) {
  if (words.size() < 2) return {};
  const auto& program = words[0];
  if (program != "npm" && program != "yarn" && program != "pnpm" && program != "bun") return {};
  std::size_t at = words[1] == "run" || words[1] == "run-script" ? 2 : 1;
  while (at < words.size() && words[at].starts_with("-")) ++at;
  return at < words.size() && !manifest.script(words[at]).empty() ? words[at] : std::string();
}

NodeCommand command_from(std::vector<std::string> words) {
  NodeCommand command;
  while (!words.empty() &&
         (is_assignment(words[0]) || is_one_of(kWrappers, words[0]) || words[0].starts_with("-")))
    words.erase(words.begin());
  if (words.empty()) return command;
  command.program = words[0].substr(words[0].rfind('/') + 1);
  std::size_t at = 1;
  if (!is_one_of(kRunners, command.program)) {
    command.words.assign(words.begin() + 1, words.end());
    return command;
  }
  static constexpr auto kWithValue = std::to_array<std::string_view>(
      {"-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "--watch",
       "-e", "--ext", "--exec", "-P", "--project", "-w"});
  while (at < words.size() && words[at].starts_with("-")) {
    const bool value = is_one_of(kWithValue, words[at]) && at + 1 < words.size() && words[at] != "--watch";
    const bool kept =
        command.program == "node" && words[at] != "--watch" && !words[at].starts_with("--inspect");
    if (kept) command.flags.push_back(words[at]);
    if (kept && value) command.flags.push_back(words[at + 1]);
    at += value ? 2 : 1;
  }
  if (at < words.size() && (words[at] == "run" || words[at] == "start" || words[at] == "watch")) ++at;
  if (at < words.size()) command.words.assign(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  return command;
}

NodeCommand resolve(const NodeManifest& manifest, const std::string& script, int hops, int& steps) {
  NodeCommand command;
  const auto parts = commands_of(manifest.script(script));
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (--steps < 0) break;
    const auto words = shell_words(*part);
    const std::string called = called_script(words, manifest);
    NodeCommand found = called.empty()    ? command_from(words)
                        : hops < kMaxHops ? resolve(manifest, called, hops + 1, steps)
                                          : NodeCommand();
    if (found.program.empty()) continue;
    command = std::move(found);
    if (command.script.empty()) command.script = script;
    break;
  }
  command.builds_first = command.builds_first || manifest.script(script).find("build") != std::string::npos;
  return command;
}

// What starts a server for the person who writes it, not for those who use it.
bool is_for_development(const NodeCommand& command) {
  static constexpr auto kPrograms = std::to_array<std::string_view>(
      {"nodemon", "ts-node", "tsx", "ts-node-dev", "tsnd", "vite", "react-scripts", "babel-node", "ng",
       "nest", "webpack-dev-server", "webpack", "supervisor", "concurrently", "turbo"});
  return is_one_of(kPrograms, command.program);
}

}  // namespace

std::vector<std::string> shell_words(std::string_view command) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = '\0';
  for (const char c : command) {
    if (quote != '\0') {
      if (c == quote)
        quote = '\0';
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (inside) words.push_back(std::move(word));
      word.clear();
      inside = false;
    } else {
      word += c;
      inside = true;
    }
  }
  if (inside) words.push_back(std::move(word));
  return words;
}

NodeCommand start_command(const NodeManifest& manifest) {
  NodeCommand best;
  int steps = kMaxCommands;
  for (const char* name : {"start", "start:prod", "start:production", "prod", "production", "serve"}) {
    if (manifest.script(name).empty()) continue;
    NodeCommand command = resolve(manifest, name, 0, steps);
    if (command.program.empty()) continue;
    if (best.program.empty() || (is_for_development(best) && !is_for_development(command)))
      best = std::move(command);
  }
  return best;
}

}  // namespace crtune::project
