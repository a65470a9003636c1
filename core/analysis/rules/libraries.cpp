#include "core/analysis/library_search.hpp"
#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"

#include <fmt/format.h>

#include <unordered_map>

namespace crtune::analysis::rules {

using model::Severity;

namespace {

// Where files of a name lie, whatever a loader would search.
class Names {
 public:
  explicit Names(const Subject& subject) : subject_(subject) {}

  // The folder of the first file of this name; empty where there is none.
  std::string folder_of(const std::string& name) {
    if (!is_filled_) fill();
    const auto found = paths_.find(std::string(base_name(name)));
    if (found == paths_.end()) return {};
    const std::string path = subject_.image.paths.text(found->second);
    return path.substr(0, path.rfind('/'));
  }

 private:
  void fill() {
    is_filled_ = true;
    subject_.files.each([&](model::PathId path, EntryId) {
      const auto name = subject_.image.paths.name(path);
      const bool is_library = name.find(".so") != std::string_view::npos;
      if (is_library && subject_.files.file_at(subject_.image.paths.text(path)) != kNoEntry)
        paths_.emplace(name, path);
    });
  }

  const Subject& subject_;
  bool is_filled_ = false;
  std::unordered_map<std::string, model::PathId> paths_;
};

std::string mismatch(std::string_view name) {
  if (name.starts_with("libc.musl-")) return "; it is linked for musl (Alpine)";
  if (name == "libc.so.6") return "; it is linked for glibc (Debian, Ubuntu, …)";
  return "";
}

std::string fix_for(const std::string& name, const std::string& folder) {
  if (!folder.empty())
    return fmt::format("ENV LD_LIBRARY_PATH={}, or link with -Wl,-rpath,{}", shown(folder), shown(folder));
  return fmt::format(
      "install the package that has it (on Debian: apt-file search {}), or copy it beside the program and "
      "link with "
      "-Wl,-rpath,'$ORIGIN'",
      shown(name));
}

// Configuration that this program's search does not read: musl's own list, and what ldconfig was told by
// hand.
bool is_search_known(const Subject& subject, bool is_elsewhere) {
  const auto etc = subject.files.resolve("/etc");
  bool is_known = true;
  if (etc)
    subject.files.children(*etc, [&](model::PathId child) {
      const auto name = subject.image.paths.name(child);
      if (name.starts_with("ld-musl-") && name.ends_with(".path")) is_known = false;
      if (name == "ld.so.cache" && is_elsewhere) is_known = false;
    });
  return is_known;
}

void check_start(const Subject& subject, Findings& findings, Names& names) {
  const Start& start = subject.start;
  if (!start.loader.empty() && start.loader_file == kNoEntry) return;  // IMG303 tells of it
  for (const auto& missing : start.missing) {
    const std::string folder = names.folder_of(missing.name);
    const bool is_sure = is_search_known(subject, !folder.empty());
    auto& finding = findings.add_file(
        missing.binary,
        fmt::format(
            "{} needs {}, which is {}: the container {}{}", shown(subject.path_text(missing.binary)),
            shown(missing.name),
            folder.empty() ? "not in the image" : "in " + shown(folder) + ", where the loader does not look",
            is_sure ? "does not start" : "may not start", mismatch(missing.name)),
        fix_for(missing.name, folder));
    if (!is_sure) finding.severity = Severity::warning;
  }
}

// Executables of the image's author that are not part of the start, and libraries whose need is nowhere in
// the image; a library that is somewhere may be loaded in a way that this does not see.
void check_others(const Subject& subject, Findings& findings, Names& names) {
  LibrarySearch search(subject.files, subject.facts);
  std::unordered_set<model::PathId> started;
  for (const EntryId file : subject.start.files) started.insert(subject.files.path_of(file));
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    if (started.contains(row.path)) return std::nullopt;
    const auto& binary = row.binary;
    const bool is_run = !binary.interpreter.empty() && may_be_run(subject, row);
    if (!is_run && (binary.type == "executable" || binary.machine != "amd64")) return std::nullopt;
    if (is_run && subject.files.file_at(binary.interpreter) == kNoEntry) return std::nullopt;  // IMG303's
    const std::string path = subject.image.paths.text(row.path);
    for (const auto& name : binary.needed) {
      if (search.find(name, binary, path) != kNoEntry) continue;
      const std::string folder = names.folder_of(name);
      if (!folder.empty() && (!is_run || !is_search_known(subject, true))) continue;
      return BinaryFault{
          .says = fmt::format("needs {}, which is {}{}", shown(name),
                              folder.empty() ? "not in the image"
                                             : "in " + shown(folder) + ", where the loader does not look",
                              mismatch(name)),
          .fix = fix_for(name, folder),
          .severity = is_run && folder.empty() ? Severity::warning : Severity::info};
    }
    return std::nullopt;
  });
}

}  // namespace

void check_libraries(const Subject& subject, Findings& findings) {
  Names names(subject);
  check_start(subject, findings, names);
  check_others(subject, findings, names);
}

}  // namespace crtune::analysis::rules
