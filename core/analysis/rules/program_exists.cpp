#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/shell_text.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/edit_distance.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::analysis::rules {

namespace {

constexpr std::string_view kDefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

// The folders in which a runtime looks for a command word, or the one that the word names.
std::vector<std::string> folders_for(const Subject& subject, const std::string& word) {
  std::vector<std::string> folders;
  if (word.find('/') != std::string::npos) {
    const auto path = locate_program(subject.files, word);
    folders.push_back(path.substr(0, path.rfind('/')));
    return folders;
  }
  std::string_view path = kDefaultPath;
  for (const auto& variable : subject.image.config.environment)
    if (variable.starts_with("PATH=")) path = std::string_view(variable).substr(5);
  constexpr std::size_t kMaxFolders = 64;
  while (!path.empty() && folders.size() < kMaxFolders) {
    folders.emplace_back(path.substr(0, path.find(':')));
    path.remove_prefix(std::min(path.size(), folders.back().size() + 1));
  }
  folders.push_back(subject.image.config.working_directory);
  return folders;
}

// The nearest name where the program was looked for, as a path.
std::string nearest_there(const Subject& subject, const std::string& word) {
  std::vector<std::string> paths;
  std::vector<std::string_view> names;
  for (const auto& folder : folders_for(subject, word)) {
    const auto found = subject.files.resolve(folder);
    if (!found) continue;
    subject.files.children(*found, [&](model::PathId child) {
      const EntryId holder = subject.files.holder(child);
      if (holder == kNoEntry || subject.files.file_of(holder) == kNoEntry) return;
      paths.push_back(subject.image.paths.text(child));
    });
  }
  names.reserve(paths.size());
  for (const auto& path : paths) names.push_back(base_name(path));
  const std::string_view wanted = base_name(word);
  const auto nearest = base::nearest(wanted, names);
  if (!nearest) return {};
  return paths[static_cast<std::size_t>(std::find(names.begin(), names.end(), *nearest) - names.begin())];
}

// A file of the program's own name anywhere else; the shortest path of them.
std::string same_name_elsewhere(const Subject& subject, const std::string& word) {
  const std::string_view wanted = base_name(word);
  std::string best;
  subject.files.each([&](model::PathId path, EntryId entry) {
    if (subject.image.paths.name(path) != wanted || subject.files.file_of(entry) == kNoEntry) return;
    const std::string text = subject.image.paths.text(path);
    if (best.empty() || text.size() < best.size()) best = text;
  });
  return best;
}

void report_missing(const Subject& subject, Findings& findings, const std::string& word,
                    std::string_view where) {
  std::string hint = same_name_elsewhere(subject, word);
  if (hint.empty()) hint = nearest_there(subject, word);
  const std::string_view instruction = subject.image.config.entrypoint.empty() ? "CMD" : "ENTRYPOINT";
  const bool is_name = word.find('/') == std::string::npos;
  findings.add(
      fmt::format("{} is not in the image{}{}: the container does not start", shown(word),
                  is_name ? ", in no folder of PATH" : "", where),
      hint.empty()
          ? fmt::format("copy the program to where {} says: COPY --from=build /out/{} {}", instruction,
                        shown(base_name(word)), is_name ? "/usr/local/bin/" : shown(word))
          : fmt::format("did you mean {}? {} {}", shown(hint), instruction, json_form({hint})));
}

}  // namespace

void check_program_exists(const Subject& subject, Findings& findings) {
  const Start& start = subject.start;
  if (start.words.empty() || start.words[0].empty()) {
    findings.add(
        "the image has neither ENTRYPOINT nor CMD: the container starts only where the service names a "
        "command",
        "CMD [\"/app/server\"]");
    return;
  }
  if (start.program == kNoEntry) {
    report_missing(subject, findings, start.words[0], "");
    return;
  }
  if (!start.is_shell || start.words.size() < 3) return;
  // A shell that is given one plain command with a path fails like the runtime would.
  const ShellText read = read_shell_text(start.words[2]);
  if (read.commands != 1 || !read.is_plain || !read.words[0].starts_with('/')) return;
  if (subject.files.resolve(read.words[0])) return;
  report_missing(subject, findings, read.words[0], ", where the shell is to run it");
}

}  // namespace crtune::analysis::rules
