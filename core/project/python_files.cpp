#include "core/base/path.hpp"
#include "core/project/path_pattern.hpp"
#include "core/project/python_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

// Functions and parameters whose text is a path that is opened.
constexpr auto kOpeners = std::to_array<std::string_view>(
    {"open", "Path", "StaticFiles", "Jinja2Templates", "FileResponse", "FileSystemLoader", "send_file",
     "read_csv", "load", "join", "directory", "template_folder", "static_folder", "read_text"});

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

class Finder {
 public:
  Finder(const ScriptTree& tree, model::Project& project) : tree_(tree), project_(project) {}

  void look_at(const ScriptFile& file) {
    const auto& tokens = file.tokens;
    constexpr int kMost = 5000;  // calls of one file
    int seen = 0;
    for (std::size_t i = 0; i + 2 < tokens.size() && seen < kMost; ++i) {
      const bool opener = tokens[i].is_identifier() && (tokens[i + 1].is("(") || tokens[i + 1].is("=")) &&
                          std::find(kOpeners.begin(), kOpeners.end(), tokens[i].text) != kOpeners.end();
      if (opener) ++seen;
      const bool joins = tokens[i].is("join");  // of which all arguments count
      if (opener) look_at_words(file, i + 2, joins ? closing(tokens, i + 1) : expression_end(tokens, i + 2));
      // here / "data" / "rates.json", seen at its first slash
      const bool continues = i > 1 && tokens[i - 1].is_string() && tokens[i - 2].is("/");
      if (tokens[i].is("/") && tokens[i + 1].is_string() && !continues)
        look_at_words(file, i + 1, chain_end(tokens, i));
    }
  }

  void add(const std::string& path, const std::string& file, std::uint64_t line) {
    if (path.starts_with("..") || path.starts_with("/") || path == "." || path.ends_with(".py")) return;
    const auto kind = tree_.kind(path);
    if (kind != FileKind::regular && kind != FileKind::directory) return;
    if (is_secret_name(path)) {
      const auto note =
          fmt::format("{} looks like a secret and is not copied: mount it from Secret Manager", path);
      if (std::find(project_.notes.begin(), project_.notes.end(), note) == project_.notes.end())
        project_.notes.push_back(note);
      return;
    }
    for (const auto& known : project_.runtime_files)
      if (known.path == path) return;
    project_.runtime_files.push_back({path, path, kind == FileKind::directory});
    project_.evidence.push_back({"runtime file: " + path, file, line});
  }

 private:
  static std::size_t chain_end(const std::vector<ScriptToken>& tokens, std::size_t at) {
    while (at + 1 < tokens.size() && tokens[at].is("/") && tokens[at + 1].is_string()) at += 2;
    return at;
  }

  // The texts of an expression, joined: os.path.join(here, "a", "b.txt") and here / "a" / "b.txt".
  void look_at_words(const ScriptFile& file, std::size_t begin, std::size_t end) {
    const auto& tokens = file.tokens;
    std::string path;
    for (std::size_t i = begin; i < std::min(end, tokens.size()); ++i) {
      if (tokens[i].is(",") || !tokens[i].is_string() || tokens[i].has_holes) continue;
      if (tokens[i].text.size() > 200) return;
      path += (path.empty() ? "" : "/") + std::string(tokens[i].text);
    }
    if (path.empty() || path.find("://") != std::string::npos) return;
    while (path.starts_with("/")) path.erase(0, 1);
    const auto line = tokens[begin < tokens.size() ? begin : 0].line;
    add(join_path(".", path), file.path, line);
    add(join_path(folder_of(file.path), path), file.path, line);
  }

  const ScriptTree& tree_;
  model::Project& project_;
};

}  // namespace

void find_python_files(const ScriptTree& tree, const std::vector<const ScriptFile*>& files,
                       model::Project& project) {
  Finder finder(tree, project);
  for (const auto* file : files) {
    finder.look_at(*file);
    const bool flask = !find_applications(*file).empty() && project.framework == "flask";
    // Flask looks for templates and files for browsers beside the module of the application.
    if (flask)
      for (const char* name : {"templates", "static"})
        finder.add(join_path(folder_of(file->path), name), file->path, 1);
  }
  auto& found = project.runtime_files;
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  found.erase(std::remove_if(found.begin(), found.end(),
                             [&found](const model::RuntimeFile& file) {
                               return std::any_of(
                                   found.begin(), found.end(), [&file](const model::RuntimeFile& other) {
                                     return other.folder && file.path.starts_with(other.path + "/");
                                   });
                             }),
              found.end());
}

}  // namespace crtune::project
