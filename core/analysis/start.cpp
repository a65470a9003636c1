#include "core/analysis/start.hpp"

#include <algorithm>
#include <array>

namespace crtune::analysis {

using base::Result;
using base::Status;

namespace {

// Programs do not need more libraries than this; a hostile chain ends here.
constexpr std::size_t kMaxFiles = 4'096;
// Source: runc and containerd, where the image sets no PATH.
constexpr std::string_view kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::string search_path(const model::ImageConfig& config) {
  for (const auto& variable : config.environment)
    if (variable.starts_with("PATH=")) return variable.substr(5);
  return std::string(kDefaultPath);
}

bool is_shell(const std::vector<std::string>& words) {
  if (words.size() < 2) return false;
  static constexpr std::array<std::string_view, 5> kShells = {"sh", "bash", "ash", "dash", "zsh"};
  const auto name = std::string_view(words[0]).substr(words[0].rfind('/') + 1);
  const bool known = std::find(kShells.begin(), kShells.end(), name) != kShells.end();
  return known && words[1].starts_with('-') && words[1].find('c') != std::string::npos;
}

// The program of a #! line: "#!/usr/bin/env -S node" is node. Where env's words are not understood, env is
// it.
std::string shebang_program(const FinalTree& files, std::string_view line, std::string& interpreter) {
  constexpr std::size_t kMaxWords = 16;
  std::vector<std::string> words;
  line.remove_prefix(2);
  while (!line.empty() && words.size() < kMaxWords) {
    const auto start = line.find_first_not_of(" \t\r");
    if (start == std::string_view::npos) break;
    line.remove_prefix(start);
    const auto word = line.substr(0, line.find_first_of(" \t\r"));
    words.emplace_back(word);
    line.remove_prefix(word.size());
  }
  if (words.empty()) return {};
  interpreter = words[0];
  if (!words[0].ends_with("/env") || files.file_at(words[0]) == kNoEntry) return words[0];
  const auto named = std::find_if(words.begin() + 1, words.end(), [](const std::string& word) {
    return !word.starts_with('-') && word.find('=') == std::string::npos;
  });
  const bool is_understood = named != words.end() && (named == words.begin() + 1 || words[1] == "-S");
  if (!is_understood) return words[0];
  interpreter = *named;
  return locate_program(files, interpreter);
}

class StartWalk {
 public:
  StartWalk(const FinalTree& files, ContentFacts& facts, model::ContentReader& contents,
            const model::FileInspector& inspector)
      : files_(files), facts_(facts), contents_(contents), inspector_(inspector) {}

  Result<Start> run() {
    const auto& config = files_.image().config;
    start_.words = config.entrypoint;
    start_.words.insert(start_.words.end(), config.command.begin(), config.command.end());
    if (start_.words.empty() || start_.words[0].empty()) return std::move(start_);
    start_.is_shell = is_shell(start_.words);
    start_.looked_for = start_.words[0];
    const std::string path = locate_program(files_, start_.words[0]);
    if (path.empty()) return std::move(start_);
    start_.program = files_.file_at(path);
    if (start_.program == kNoEntry) return std::move(start_);
    const EntryId program[] = {start_.program};
    CRT_TRY(facts_.inspect(program, files_.image(), files_.tree(), contents_, inspector_));
    add(start_.program);
    CRT_TRY(follow_interpreter());
    CRT_TRY(follow_libraries());
    return std::move(start_);
  }

 private:
  Status look_at(std::vector<EntryId> files) {
    return facts_.inspect(files, files_.image(), files_.tree(), contents_, inspector_);
  }

  bool add(EntryId file) {
    const bool known = std::find(start_.files.begin(), start_.files.end(), file) != start_.files.end();
    if (!known) start_.files.push_back(file);
    return !known;
  }

  // A script is run by its interpreter, an executable by its loader.
  Status follow_interpreter() {
    const auto* facts = facts_.of(start_.program);
    EntryId runs = start_.program;
    if (facts != nullptr && facts->head.starts_with("#!")) {
      const std::string path = shebang_program(files_, facts->head, start_.interpreter);
      start_.interpreter_file = path.empty() ? kNoEntry : files_.file_at(path);
      runs = start_.interpreter_file;
      if (runs == kNoEntry) return {};
      CRT_TRY(look_at({runs}));
      add(runs);
    }
    const auto* binary = facts_.binary(runs);
    if (binary == nullptr || binary->interpreter.empty()) return {};
    start_.loader = binary->interpreter;
    start_.loader_file = files_.file_at(start_.loader);
    if (start_.loader_file == kNoEntry) return {};
    CRT_TRY(look_at({start_.loader_file}));
    add(start_.loader_file);
    return {};
  }

  // As its own binary asks for it; else by the program's RPATH, which holds for the libraries of its
  // libraries.
  EntryId find_library(LibrarySearch& search, const std::string& name, EntryId file) const {
    const auto path = [&](EntryId of) { return files_.image().paths.text(files_.path_of(of)); };
    const EntryId found = search.find(name, *facts_.binary(file), path(file));
    if (found != kNoEntry || start_.files.empty()) return found;
    const EntryId runs = start_.interpreter_file != kNoEntry ? start_.interpreter_file : start_.program;
    const auto* program = facts_.binary(runs);
    return program == nullptr || program->rpath.empty() ? kNoEntry : search.find(name, *program, path(runs));
  }

  // The loader takes a library that is loaded already, wherever it came from, for one of its name.
  bool is_loaded(const std::string& name) const {
    return std::any_of(start_.files.begin(), start_.files.end(), [&](EntryId file) {
      const auto* binary = facts_.binary(file);
      return (binary != nullptr && binary->soname == name) ||
             files_.image().paths.name(files_.path_of(file)) == name;
    });
  }

  // Breadth first, so that each round of libraries is read in one go.
  Status follow_libraries() {
    LibrarySearch search(files_, facts_);
    std::vector<EntryId> round = start_.files;
    while (!round.empty() && start_.files.size() < kMaxFiles) {
      std::vector<EntryId> next;
      for (const EntryId file : round) {
        const auto* binary = facts_.binary(file);
        const auto* facts = facts_.of(file);
        if (binary == nullptr) {
          if (facts == nullptr || facts->head.empty()) start_.libraries_are_known = false;
          continue;
        }
        for (const auto& name : binary->needed) {
          const EntryId found = find_library(search, name, file);
          if (found != kNoEntry) {
            if (add(found)) next.push_back(found);
          } else if (!is_loaded(name)) {
            start_.missing.push_back({file, name});
          }
        }
      }
      CRT_TRY(look_at(next));
      round = std::move(next);
    }
    return {};
  }

  const FinalTree& files_;
  ContentFacts& facts_;
  model::ContentReader& contents_;
  const model::FileInspector& inspector_;
  Start start_;
};

}  // namespace

std::string locate_program(const FinalTree& files, const std::string& word) {
  const auto& config = files.image().config;
  if (word.find('/') != std::string::npos) {
    if (word.starts_with('/')) return word;
    return (config.working_directory.empty() ? "" : config.working_directory) + "/" + word;
  }
  const std::string path = search_path(config);
  std::string not_executable;  // what a runtime passes over
  for (std::string_view rest = path; !rest.empty();) {
    const auto folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), folder.size() + 1));
    std::string candidate = std::string(folder) + "/" + word;
    const EntryId found = files.file_at(candidate);
    if (found == kNoEntry) continue;
    constexpr unsigned kAnyExecute = 0111;
    if ((files.entry(found).mode & kAnyExecute) != 0) return candidate;
    if (not_executable.empty()) not_executable = candidate;
  }
  return not_executable;
}

Result<Start> follow_start(const FinalTree& files, ContentFacts& facts, model::ContentReader& contents,
                           const model::FileInspector& inspector) {
  return StartWalk(files, facts, contents, inspector).run();
}

}  // namespace crtune::analysis
