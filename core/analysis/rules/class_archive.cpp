#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr std::string_view kArchiveFlag = "-XX:SharedArchiveFile=";

// The words that the JVM gets, from the command and from the variables that it reads.
std::vector<std::string_view> java_words(const Subject& subject) {
  std::vector<std::string_view> words(subject.start.words.begin(), subject.start.words.end());
  const auto add_split = [&](std::string_view text) {
    while (!text.empty()) {
      const auto word = text.substr(0, text.find_first_of(" \t\n"));
      text.remove_prefix(std::min(text.size(), word.size() + 1));
      if (!word.empty()) words.push_back(word);
    }
  };
  if (subject.start.is_shell && subject.start.words.size() > 2) add_split(subject.start.words[2]);
  for (const std::string_view variable : subject.image.config.environment)
    for (const std::string_view name :
         {"JAVA_TOOL_OPTIONS=", "JDK_JAVA_OPTIONS=", "_JAVA_OPTIONS=", "JAVA_OPTS="})
      if (variable.starts_with(name)) add_split(variable.substr(name.size()));
  return words;
}

std::string in_image(const Subject& subject, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  return subject.image.config.working_directory + "/" + std::string(path);
}

bool is_java_started(const Subject& subject) {
  const auto& words = subject.start.words;
  if (words.empty()) return false;
  if (base_name(words[0]) == "java") return true;
  return subject.start.program != kNoEntry && base_name(subject.path_text(subject.start.program)) == "java";
}

// Jars that the command names; else those beside and below the archive.
std::vector<EntryId> jars_of(const Subject& subject, EntryId archive,
                             const std::vector<std::string_view>& words) {
  std::vector<EntryId> jars;
  for (const auto list : words)
    for (std::string_view rest = list; !rest.empty();) {
      const auto word = rest.substr(0, rest.find(':'));
      rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      if (!word.ends_with(".jar")) continue;
      if (const EntryId file = subject.files.file_at(in_image(subject, word)); file != kNoEntry)
        jars.push_back(file);
    }
  if (!jars.empty()) return jars;
  const std::string path = subject.path_text(archive);
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  subject.files.each([&](model::PathId at, EntryId entry) {
    if (!subject.image.paths.name(at).ends_with(".jar")) return;
    const EntryId file = subject.files.file_of(entry);
    if (file != kNoEntry && subject.image.paths.text(at).starts_with(folder)) jars.push_back(file);
  });
  return jars;
}

void check_archive(const Subject& subject, Findings& findings, EntryId archive,
                   const std::vector<std::string_view>& words) {
  const auto& made = subject.files.entry(archive);
  EntryId newer = kNoEntry;
  std::uint64_t count = 0;
  for (const EntryId jar : jars_of(subject, archive, words)) {
    if (subject.files.entry(jar).mtime_seconds <= made.mtime_seconds) continue;
    ++count;
    if (newer == kNoEntry || subject.files.entry(jar).size > subject.files.entry(newer).size) newer = jar;
  }
  if (newer == kNoEntry) return;
  const std::string more = count > 1 ? fmt::format(" and {} more", count - 1) : std::string();
  auto& finding = findings.add_file(
      archive,
      fmt::format("{} is older than {}{}: the JVM compares each jar's time and size with what it recorded, "
                  "and goes on without the archive",
                  shown(subject.path_text(archive)), shown(subject.path_text(newer)), more),
      "make the archive after the last step that touches the jars, and copy both with their times: RUN java "
      "-XX:ArchiveClassesAtExit=app.jsa -jar app.jar");
  finding.bytes = made.size;
}

// Archives of the image's author; a JDK's own belongs to its modules file, and lies in lib/server.
std::vector<EntryId> archives_of(const Subject& subject) {
  std::vector<EntryId> archives;
  subject.files.each([&](model::PathId path, EntryId entry) {
    if (!subject.image.paths.name(path).ends_with(".jsa") || !subject.is_users(subject.files.layer_of(entry)))
      return;
    const EntryId file = subject.files.file_of(entry);
    if (file != kNoEntry && subject.image.paths.text(path).find("/lib/server/") == std::string::npos)
      archives.push_back(file);
  });
  constexpr std::size_t kMost = 16;
  if (archives.size() > kMost) archives.resize(kMost);
  return archives;
}

}  // namespace

void check_class_archive(const Subject& subject, Findings& findings) {
  const auto words = java_words(subject);
  for (const EntryId archive : archives_of(subject)) check_archive(subject, findings, archive, words);
  if (!is_java_started(subject)) return;
  for (const auto word : words) {
    const bool is_cached = word.starts_with("-XX:AOTCache=") || word == "-XX:+AutoCreateSharedArchive";
    if (is_cached) return;
    if (!word.starts_with(kArchiveFlag)) continue;
    const auto path = word.substr(kArchiveFlag.size());
    const auto first = path.substr(0, path.find(':'));
    if (subject.files.file_at(in_image(subject, first)) == kNoEntry)
      findings.add(
          fmt::format("{} is not in the image: the JVM starts without it and says nothing", shown(first)),
          fmt::format("RUN java -XX:ArchiveClassesAtExit={} -jar app.jar, in the final stage", shown(first)));
    return;
  }
  findings
      .add(
          "the JVM loads and verifies every class anew at each cold start: no archive of the application's "
          "classes is named",
          "RUN java -XX:ArchiveClassesAtExit=/app/app.jsa -jar /app/app.jar, then CMD [\"java\", "
          "\"-XX:SharedArchiveFile=/app/app.jsa\", \"-jar\", \"/app/app.jar\"]")
      .severity = model::Severity::info;
}

}  // namespace crtune::analysis::rules
