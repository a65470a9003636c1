#include "core/project/runtime_files.hpp"

#include "core/base/escape.hpp"
#include "core/project/go_tables.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace crtune::project {
namespace {

constexpr std::string_view kImageFolder = "/app/";  // where the image's working directory is

bool imports(const GoFile& file, std::string_view start) {
  return std::any_of(file.imports.begin(), file.imports.end(),
                     [start](const GoImport& import) { return import_matches(import.path, start); });
}

const GoOpenCall* matching_row(const GoCall& call) {
  for (const auto& row : go_open_calls()) {
    if (call.token().text != row.function || row.method != call.on_value || row.path == kNoArgument) continue;
    if (row.method ? imports(call.source(), row.import) : import_matches(call.import, row.import)) {
      if (call.arguments.size() > row.path) return &row;
    }
  }
  return nullptr;
}

class Finder {
 public:
  Finder(base::Files& files, const std::string& root, model::Project& project)
      : files_(files),
        root_(root),
        project_(project),
        embedded_(project.kept_files.begin(), project.kept_files.end()) {}

  void add(const GoValue& value, const GoCall& call) {
    std::string text = value.text;
    if (text.starts_with(kImageFolder)) text.erase(0, kImageFolder.size());
    if (text.empty() || text.starts_with("/") || text.find("://") != std::string::npos) return;
    if (!value.complete) {
      // "templates/" + name: the folder is what is known.
      const std::size_t slash = text.rfind('/');
      if (slash == std::string::npos) return;
      text.resize(slash);
    }
    const std::string opened = join_path("", text);
    if (opened == ".") {
      note_once(fmt::format("{}:{} opens its working directory: the image holds only what is listed",
                            call.source().path, call.token().line));
      return;
    }
    const std::string main_folder = project_.main.value_or(".");
    const std::string own_folder = call.package->folder;
    for (const std::string& base : {std::string("."), main_folder, own_folder})
      if (try_add(join_path(base, opened), opened, call)) return;
  }

 private:
  void note_once(std::string note) {
    if (std::find(project_.notes.begin(), project_.notes.end(), note) == project_.notes.end())
      project_.notes.push_back(std::move(note));
  }

  bool try_add(const std::string& path, const std::string& opened, const GoCall& call) {
    if (path.starts_with("..") || path == ".") return false;
    auto found = expand_pattern(files_, root_, path);
    if (found.empty()) return false;
    if (is_secret_name(path)) {
      note_once(fmt::format("{} looks like a secret and is not copied: mount it from Secret Manager", path));
      return true;
    }
    if (path.find_first_of("$\\`\"") != std::string::npos || base::escape_controls(path) != path) {
      note_once(fmt::format("{}:{} opens a file whose name no Dockerfile can carry; it is not copied",
                            call.source().path, call.token().line));
      return true;
    }
    if (path.ends_with(".go") || path == ".git") return true;
    const bool folder = found.size() == 1 && found.front() == path &&
                        files_.kind(root_ + "/" + path) == base::FileKind::directory;
    std::vector<std::string> all;
    for (const auto& entry : found)
      for (auto& file : files_below(files_, root_, entry, kMaxFiles)) all.push_back(std::move(file));
    const bool embedded = std::all_of(all.begin(), all.end(),
                                      [this](const std::string& file) { return embedded_.contains(file); });
    if (all.empty() || embedded) return true;
    for (const auto& known : project_.runtime_files)
      if (known.path == path && known.opened == opened) return true;
    project_.runtime_files.push_back({path, opened, folder});
    project_.evidence.push_back(
        {fmt::format("runtime file: {}", path), call.source().path, call.token().line});
    return true;
  }

  static constexpr std::size_t kMaxFiles = 5000;

  base::Files& files_;
  const std::string& root_;
  model::Project& project_;
  std::set<std::string, std::less<>> embedded_;
};

// A folder makes the entries below it superfluous.
void drop_covered(std::vector<model::RuntimeFile>& entries) {
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  std::vector<model::RuntimeFile> kept;
  for (auto& entry : entries) {
    const bool covered =
        std::any_of(entries.begin(), entries.end(), [&entry](const model::RuntimeFile& other) {
          return other.folder && &other != &entry && entry.path.starts_with(other.path + "/") &&
                 entry.opened.starts_with(other.opened + "/");
        });
    if (!covered) kept.push_back(entry);
  }
  entries = std::move(kept);
}

}  // namespace

void find_runtime_files(base::Files& files, const std::string& root, const std::vector<GoCall>& calls,
                        GoEvaluator& evaluator, model::Project& project) {
  Finder finder(files, root, project);
  for (const auto& call : calls) {
    const GoOpenCall* row = matching_row(call);
    if (row == nullptr) continue;
    const std::size_t last = row->all_after ? call.arguments.size() : row->path + 1;
    for (std::size_t i = row->path; i < last; ++i) {
      GoValue value = evaluator.evaluate({call.package, call.file, nullptr}, call.arguments[i]);
      if (!row->prefix.empty()) {
        if (!value.text.starts_with(row->prefix)) continue;
        value.text.erase(0, row->prefix.size());
      }
      finder.add(value, call);
    }
  }
  drop_covered(project.runtime_files);
  for (const auto& entry : project.runtime_files)
    for (const auto& path : expand_pattern(files, root, entry.path))
      for (auto& file : files_below(files, root, path, 5000))
        if (!is_secret_name(file)) project.kept_files.push_back(std::move(file));
}

}  // namespace crtune::project
