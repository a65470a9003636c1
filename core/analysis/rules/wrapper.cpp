#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/shell_text.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/escape.hpp"
#include "core/secret/scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace crtune::analysis::rules {

namespace {

using Words = std::vector<std::string>;

struct Wrapper {
  std::string_view name;
  std::string_view instead;  // the line to write; the package's own start script is named where it is known
};

constexpr std::string_view kNode =
    "CMD [\"node\", \"server.js\"], with the file that package.json's start names";
constexpr std::string_view kPython =
    "put the virtual environment into PATH and start its program: ENV PATH=/app/.venv/bin:$PATH and "
    "CMD [\"python\", \"main.py\"]";
constexpr std::array kWrappers = {
    Wrapper{"npm", kNode},
    Wrapper{"yarn", kNode},
    Wrapper{"yarnpkg", kNode},
    Wrapper{"pnpm", kNode},
    Wrapper{"npx", kNode},
    Wrapper{"pnpx", kNode},
    Wrapper{"nodemon", kNode},
    Wrapper{"bunx", "CMD [\"bun\", \"server.ts\"]"},
    Wrapper{"poetry", kPython},
    Wrapper{"pipenv", kPython},
    Wrapper{"uv", kPython},
    Wrapper{"uvx", kPython},
    Wrapper{"pdm", kPython},
    Wrapper{"hatch", kPython},
    Wrapper{"mvn", "CMD [\"java\", \"-jar\", \"app.jar\"], built in a stage before"},
    Wrapper{"gradle", "CMD [\"java\", \"-jar\", \"app.jar\"], built in a stage before"},
    Wrapper{"gradlew", "CMD [\"java\", \"-jar\", \"app.jar\"], built in a stage before"},
    Wrapper{"cargo", "CMD [\"/app/server\"], built in a stage before"}};

const Wrapper* wrapper_named(std::string_view word) {
  const auto found = std::find_if(kWrappers.begin(), kWrappers.end(),
                                  [&](const Wrapper& w) { return w.name == base_name(word); });
  return found == kWrappers.end() ? nullptr : &*found;
}

bool is_init(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kInits = {"tini", "dumb-init", "catatonit", "docker-init"};
  return std::find(kInits.begin(), kInits.end(), base_name(word)) != kInits.end();
}

// The words that count: behind a shell, an init, or an entrypoint script that hands over to its arguments.
Words service_words(const Subject& subject) {
  const Start& start = subject.start;
  Words words = start.words;
  if (start.is_shell && words.size() >= 3) return read_shell_text(words[2]).words;
  const bool is_script = !start.interpreter.empty() && !subject.image.config.command.empty() &&
                         wrapper_named(words[0]) == nullptr;
  if (is_script) return subject.image.config.command;
  if (words.empty() || !is_init(words[0])) return words;
  const auto rest = std::find_if(words.begin() + 1, words.end(),
                                 [](const std::string& word) { return !word.starts_with('-'); });
  return {rest, words.end()};
}

// The text of `"start": "…"` in package.json beside the working directory; empty where it is not there.
// Escapes end the search: what is shown is only what stands there.
std::string start_script(const Subject& subject) {
  const auto& folder = subject.image.config.working_directory;
  const EntryId file = subject.files.file_at((folder.empty() ? std::string() : folder) + "/package.json");
  if (file == kNoEntry) return {};
  std::string_view text = subject.facts.text(file);
  const auto scripts = text.find("\"scripts\"");
  if (scripts == std::string_view::npos) return {};
  text.remove_prefix(scripts);
  text = text.substr(0, text.find('}'));
  const auto key = text.find("\"start\"");
  if (key == std::string_view::npos) return {};
  text.remove_prefix(key + 7);
  const auto open = text.find('"');
  if (open == std::string_view::npos ||
      text.substr(0, open).find_first_not_of(" \t\r\n:") != std::string_view::npos)
    return {};
  text.remove_prefix(open + 1);
  const auto value = text.substr(0, text.find('"'));
  constexpr std::size_t kMaxScript = 200;
  const bool is_shown = value.size() <= kMaxScript && value.find('\\') == std::string_view::npos &&
                        secret::scan_words(value, {}).empty();
  return is_shown ? std::string(value) : std::string();
}

std::string fix_for(const Subject& subject, const Wrapper& wrapper, const Words& words) {
  const bool runs_start =
      words.size() > 1 &&
      (words[1] == "start" || (words.size() > 2 && words[1] == "run" && words[2] == "start"));
  if (wrapper.instead == kNode && runs_start) {
    const ShellText script = read_shell_text(start_script(subject));
    if (script.commands == 1 && script.is_plain && !script.sets_variables)
      return "CMD " + json_form(script.words);
  }
  return std::string(wrapper.instead);
}

}  // namespace

void check_wrapper(const Subject& subject, Findings& findings) {
  const Words words = service_words(subject);
  if (words.empty()) return;
  const Wrapper* wrapper = wrapper_named(words[0]);
  if (wrapper == nullptr) return;
  findings.add(
      fmt::format(
          "the service is started by {}, one more program to read and run at each start, between it and "
          "SIGTERM",
          wrapper->name),
      fix_for(subject, *wrapper, words));
}

}  // namespace crtune::analysis::rules
