#include "core/project/cmake_interpreter.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

constexpr std::uint64_t kMaxFile = 2U << 20U;
constexpr std::size_t kMaxCommands = 200'000;
constexpr std::size_t kMaxDepth = 40;
constexpr std::size_t kMaxRounds = 20'000;  // of one loop
// Paths in the build are shown to the project's code as these.
constexpr std::string_view kSource = "/src";
constexpr std::string_view kBinary = "/build";

bool opens(std::string_view name) {
  return name == "if" || name == "foreach" || name == "while" || name == "function" || name == "macro" ||
         name == "block";
}
bool closes(std::string_view name) {
  return name == "endif" || name == "endforeach" || name == "endwhile" || name == "endfunction" ||
         name == "endmacro" || name == "endblock";
}

std::vector<std::size_t> parts_of_blocks(const std::vector<CMakeCommand>& commands) {
  std::vector<std::size_t> next(commands.size(), commands.size());
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < commands.size(); ++at) {
    const auto& name = commands[at].name;
    if (opens(name)) {
      open.push_back(at);
    } else if (!open.empty() && (name == "else" || name == "elseif")) {
      next[open.back()] = at;
      open.back() = at;
    } else if (!open.empty() && closes(name)) {
      next[open.back()] = at;
      open.pop_back();
    }
  }
  return next;
}

}  // namespace

CMakeInterpreter::CMakeInterpreter(base::Files& files, std::string root,
                                   const std::map<std::string, std::string>& cache)
    : files_(files), root_(std::move(root)) {
  static constexpr auto kSystem =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"UNIX", "1"},
                                                                    {"LINUX", "1"},
                                                                    {"CMAKE_SYSTEM_NAME", "Linux"},
                                                                    {"CMAKE_HOST_SYSTEM_NAME", "Linux"},
                                                                    {"CMAKE_HOST_UNIX", "1"},
                                                                    {"CMAKE_SYSTEM_PROCESSOR", "x86_64"},
                                                                    {"CMAKE_C_COMPILER_ID", "GNU"},
                                                                    {"CMAKE_CXX_COMPILER_ID", "GNU"},
                                                                    {"CMAKE_COMPILER_IS_GNUCXX", "1"},
                                                                    {"CMAKE_COMPILER_IS_GNUCC", "1"},
                                                                    {"CMAKE_C_COMPILER_VERSION", "12.2.0"},
                                                                    {"CMAKE_CXX_COMPILER_VERSION", "12.2.0"},
                                                                    {"CMAKE_SIZEOF_VOID_P", "8"},
                                                                    {"CMAKE_BUILD_TYPE", "Release"},
                                                                    {"CMAKE_VERSION", "3.25.1"},
                                                                    {"CMAKE_INSTALL_BINDIR", "bin"},
                                                                    {"CMAKE_INSTALL_LIBDIR", "lib"},
                                                                    {"CMAKE_INSTALL_PREFIX", "/usr/local"},
                                                                    {"CMAKE_CURRENT_FUNCTION", ""},
                                                                    {"PROJECT_IS_TOP_LEVEL", "ON"},
                                                                    {"BUILD_TESTING", "OFF"},
                                                                    {"BUILD_SHARED_LIBS", "OFF"}});
  for (const auto& [name, value] : kSystem) scopes_.set(std::string(name), std::string(value));
  for (const auto& [name, value] : cache) scopes_.set(name, value);
  scopes_.set("CMAKE_SOURCE_DIR", std::string(kSource));
  scopes_.set("CMAKE_BINARY_DIR", std::string(kBinary));
}

base::Result<CMakeBuild> CMakeInterpreter::run() {
  CRT_TRY(files_.read(root_ + "/CMakeLists.txt", kMaxFile));
  run_folder(".");
  build_.cut_short = commands_ > kMaxCommands;
  return std::move(build_);
}

std::string CMakeInterpreter::in_tree(std::string_view path, const std::string& folder) const {
  const std::string source(kSource);
  std::string text(path);
  if (text == source) return ".";
  if (text.starts_with(source + "/")) return join_path("", text.substr(source.size() + 1));
  if (text.starts_with("/") || text.empty() || text.find("$<") != std::string::npos) return {};
  return join_path(folder, text);
}

std::shared_ptr<const CMakeInterpreter::Script> CMakeInterpreter::load(const std::string& path) {
  if (const auto found = scripts_.find(path); found != scripts_.end()) return found->second;
  std::shared_ptr<Script> script;
  const bool readable = !path.starts_with("..") && files_.kind(root_ + "/" + path) == FileKind::regular;
  const auto text = readable ? files_.read(root_ + "/" + path, kMaxFile) : base::Result<std::string>("");
  if (readable && text) {
    script = std::make_shared<Script>();
    script->path = path;
    script->commands = lex_cmake(*text);
    script->next = parts_of_blocks(script->commands);
  }
  scripts_[path] = script;
  return script;
}

void CMakeInterpreter::run_folder(const std::string& folder) {
  const auto script = load(join_path(folder, "CMakeLists.txt"));
  if (!script) {
    if (build_.missing_files.size() < 20) build_.missing_files.push_back(folder);
    return;
  }
  const std::string below = folder == "." ? "" : "/" + folder;
  scopes_.set("CMAKE_CURRENT_SOURCE_DIR", std::string(kSource) + below);
  scopes_.set("CMAKE_CURRENT_BINARY_DIR", std::string(kBinary) + below);
  scopes_.set("CMAKE_CURRENT_LIST_DIR", std::string(kSource) + below);
  const auto includes = include_folders_;
  run_script(script, 0, script->commands.size());
  include_folders_ = includes;
}

CMakeInterpreter::Flow CMakeInterpreter::run_script(const std::shared_ptr<const Script>& script,
                                                    std::size_t begin, std::size_t end) {
  if (depth_ >= kMaxDepth) return Flow::on;
  ++depth_;
  Flow flow = Flow::on;
  for (std::size_t at = begin; at < end && flow == Flow::on; ++at) {
    if (++commands_ > kMaxCommands) break;
    const auto& command = script->commands[at];
    if (command.name == "if") {
      flow = run_if(script, at);
    } else if (command.name == "foreach") {
      flow = run_foreach(script, at);
      at = script->next[at];
    } else if (command.name == "while") {
      at = script->next[at];
    } else if (command.name == "function" || command.name == "macro") {
      define(script, at);
      at = script->next[at];
    } else if (command.name == "return") {
      flow = Flow::leave;
    } else if (command.name == "break" || command.name == "continue") {
      flow = Flow::leave_loop;
    } else {
      execute({*script, command}, scopes_.expand(command.arguments));
    }
  }
  --depth_;
  return flow;
}

// Leaves `at` at the endif.
CMakeInterpreter::Flow CMakeInterpreter::run_if(const std::shared_ptr<const Script>& script,
                                                std::size_t& at) {
  std::size_t part = at;
  std::size_t chosen = script->commands.size();
  while (part < script->commands.size()) {
    const auto& command = script->commands[part];
    if (command.name == "endif") break;
    const bool taken = chosen == script->commands.size() &&
                       (command.name == "else" || cmake_condition(scopes_, command.arguments, target_names_));
    if (taken) chosen = part;
    part = script->next[part];
  }
  at = part;
  if (chosen == script->commands.size()) return Flow::on;
  return run_script(script, chosen + 1, script->next[chosen]);
}

CMakeInterpreter::Flow CMakeInterpreter::run_foreach(const std::shared_ptr<const Script>& script,
                                                     std::size_t at) {
  auto words = scopes_.expand(script->commands[at].arguments);
  if (words.empty()) return Flow::on;
  const std::string variable = words.front();
  Words items(words.begin() + 1, words.end());
  if (!items.empty() && items.front() == "RANGE") {
    std::int64_t stop = 0;
    std::from_chars(items.back().data(), items.back().data() + items.back().size(), stop);
    items.clear();
    for (std::int64_t i = 0; i <= stop && i < 1000; ++i) items.push_back(std::to_string(i));
  } else if (!items.empty() && items.front() == "IN") {
    Words all;
    bool lists = false;
    for (std::size_t i = 1; i < items.size(); ++i) {
      if (items[i] == "LISTS" || items[i] == "ITEMS") {
        lists = items[i] == "LISTS";
      } else if (lists) {
        for (auto& item : cmake_list(scopes_.get(items[i]))) all.push_back(std::move(item));
      } else {
        all.push_back(items[i]);
      }
    }
    items = std::move(all);
  }
  std::size_t rounds = 0;
  for (const auto& item : items) {
    if (++rounds > kMaxRounds || commands_ > kMaxCommands) break;
    scopes_.set(variable, item);
    if (run_script(script, at + 1, script->next[at]) == Flow::leave) return Flow::leave;
  }
  return Flow::on;
}

void CMakeInterpreter::define(const std::shared_ptr<const Script>& script, std::size_t at) {
  auto words = scopes_.expand(script->commands[at].arguments);
  if (words.empty()) return;
  std::string name = words.front();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  words.erase(words.begin());
  routines_[name] = {.script = script,
                     .begin = at + 1,
                     .end = script->next[at],
                     .parameters = std::move(words),
                     .function = script->commands[at].name == "function"};
}

void CMakeInterpreter::call(const Routine& routine, const Words& words) {
  if (depth_ >= kMaxDepth || scopes_.depth() > 2 * kMaxDepth) return;
  const Routine copy = routine;  // the body may define it anew
  const auto joined = [&words](std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < words.size(); ++i) text += (i > from ? ";" : "") + words[i];
    return text;
  };
  if (copy.function) scopes_.push();
  for (std::size_t i = 0; i < copy.parameters.size(); ++i)
    scopes_.set(copy.parameters[i], i < words.size() ? words[i] : "");
  scopes_.set("ARGC", std::to_string(words.size()));
  scopes_.set("ARGV", joined(0));
  scopes_.set("ARGN", joined(copy.parameters.size()));
  for (std::size_t i = 0; i < words.size() && i < 10; ++i) scopes_.set("ARGV" + std::to_string(i), words[i]);
  run_script(copy.script, copy.begin, copy.end);
  if (copy.function) scopes_.pop();
}

void CMakeInterpreter::execute(const Here& here, const Words& words) {
  const std::string& name = here.command.name;
  if (const auto routine = routines_.find(name); routine != routines_.end())
    return call(routine->second, words);
  if (name == "add_subdirectory") return add_subdirectory(here, words);
  if (name == "include") return include(words);
  if (!value_command(here, words)) target_command(here, words);
}

void CMakeInterpreter::add_subdirectory(const Here&, const Words& words) {
  if (words.empty() || depth_ >= kMaxDepth) return;
  const std::string folder = in_tree(words.front(), in_tree(scopes_.get("CMAKE_CURRENT_SOURCE_DIR"), "."));
  if (folder.empty() || folder.starts_with("..")) return;
  scopes_.push();
  run_folder(folder);
  scopes_.pop();
}

// Files of the tree; CMake's own modules change nothing that matters here.
void CMakeInterpreter::include(const Words& words) {
  if (words.empty()) return;
  const std::string here = in_tree(scopes_.get("CMAKE_CURRENT_SOURCE_DIR"), ".");
  Words candidates;
  if (words.front().find('/') != std::string::npos || words.front().ends_with(".cmake")) {
    candidates.push_back(in_tree(words.front(), here));
  } else {
    for (const auto& folder : cmake_list(scopes_.get("CMAKE_MODULE_PATH")))
      if (const auto path = in_tree(folder, here); !path.empty())
        candidates.push_back(join_path(path, words.front() + ".cmake"));
  }
  for (const auto& path : candidates) {
    const auto script = path.empty() ? nullptr : load(path);
    if (!script) continue;
    const std::string before = scopes_.get("CMAKE_CURRENT_LIST_DIR");
    const std::size_t slash = path.rfind('/');
    scopes_.set("CMAKE_CURRENT_LIST_DIR",
                std::string(kSource) + (slash == std::string::npos ? "" : "/" + path.substr(0, slash)));
    run_script(script, 0, script->commands.size());
    scopes_.set("CMAKE_CURRENT_LIST_DIR", before);
    return;
  }
}

base::Result<CMakeBuild> read_cmake(base::Files& files, const std::string& root,
                                    const std::map<std::string, std::string>& cache) {
  return CMakeInterpreter(files, root, cache).run();
}

}  // namespace crtune::project
