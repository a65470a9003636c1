#include "core/base/path.hpp"
#include "core/project/node_program.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

using Tokens = std::vector<ScriptToken>;

// Functions whose first argument is a path that is opened.
constexpr auto kOpeners = std::to_array<std::string_view>(
    {"readFile", "readFileSync", "createReadStream", "sendFile", "readdir", "readdirSync", "static",
     "serveStatic", "join", "resolve", "URL", "loadSync", "load", "existsSync", "render", "sirv", "readJson",
     "readJsonSync"});

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

// What the folder of a source file is called once it was compiled.
std::string running_folder(const std::string& path, const NodeFolders& folders) {
  std::string folder = folder_of(path);
  if (folders.built_to.empty()) return folder;
  if (folders.built_from == "." || folders.built_from.empty()) return join_path(folders.built_to, folder);
  if (folder == folders.built_from) return folders.built_to;
  if (folder.starts_with(folders.built_from + "/"))
    return join_path(folders.built_to, folder.substr(folders.built_from.size() + 1));
  return folder;
}

bool is_program_text(std::string_view path) {
  static constexpr auto kEndings =
      std::to_array<std::string_view>({".js", ".ts", ".mjs", ".cjs", ".tsx", ".jsx", ".map"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [path](std::string_view ending) { return path.ends_with(ending); });
}

class Finder {
 public:
  Finder(const ScriptTree& tree, const NodeFolders& folders, model::Project& project)
      : tree_(tree), folders_(folders), project_(project) {}

  void look_at(const ScriptFile& file) {
    const auto& tokens = file.tokens;
    constexpr int kMost = 5000;  // calls of one file
    int seen = 0;
    for (std::size_t i = 0; i + 2 < tokens.size() && seen < kMost; ++i) {
      if (!tokens[i].is_identifier() || !tokens[i + 1].is("(")) continue;
      if (std::find(kOpeners.begin(), kOpeners.end(), tokens[i].text) == kOpeners.end()) continue;
      ++seen;
      look_at_call(file, i);
    }
  }

  // `path` of the project, if it exists and is data.
  void add(const std::string& path, const ScriptFile& file, std::uint32_t line) {
    if (path.starts_with("..") || path.starts_with("/") || path == "." || path.starts_with("node_modules") ||
        is_program_text(path) || path == "package.json")
      return;
    const auto kind = tree_.kind(path);
    if (kind != FileKind::regular && kind != FileKind::directory) return;
    if (is_secret_name(path)) {
      const auto note =
          fmt::format("{} looks like a secret and is not copied: mount it from Secret Manager", path);
      if (std::find(project_.notes.begin(), project_.notes.end(), note) == project_.notes.end())
        project_.notes.push_back(note);
      return;
    }
    // A folder of the program's own source is copied as such.
    if (kind == FileKind::directory && holds_source(path)) return;
    for (const auto& known : project_.runtime_files)
      if (known.path == path || (known.folder && path.starts_with(known.path + "/"))) return;
    project_.runtime_files.push_back({path, path, kind == FileKind::directory});
    project_.evidence.push_back({"runtime file: " + path, file.path, line});
  }

 private:
  void look_at_call(const ScriptFile& file, std::size_t at) {
    const auto& tokens = file.tokens;
    const auto arguments = arguments_of(tokens, at + 1);
    if (arguments.empty()) return;
    const bool joins = tokens[at].is("join") || tokens[at].is("resolve") || tokens[at].is("URL");
    std::string path;
    bool beside = false;
    // A path that is put together is found where that is done.
    if (!joins && (!tokens[arguments[0].begin].is_string() || arguments[0].end - arguments[0].begin > 1))
      return;
    const std::size_t end = joins ? arguments.back().end : arguments[0].end;
    for (std::size_t i = arguments[0].begin; i < end; ++i) {
      if (tokens[i].is("__dirname") || tokens[i].is("__filename") || tokens[i].is("meta")) beside = true;
      if (!tokens[i].is_string() || tokens[i].has_holes) continue;
      path += (path.empty() ? "" : "/") + std::string(tokens[i].text);
    }
    if (path.empty() || path.size() > 400 || path.find("://") != std::string::npos) return;
    while (path.starts_with("/") && joins) path.erase(0, 1);
    const auto line = tokens[at].line;
    if (beside) {
      add(join_path(running_folder(file.path, folders_), path), file, line);
      if (!folders_.built_to.empty()) note_left_behind(join_path(folder_of(file.path), path), file, line);
    } else {
      add(join_path(".", path), file, line);
    }
  }

  // A compiler copies no data: what lies beside the source is not beside the program.
  void note_left_behind(const std::string& path, const ScriptFile& file, std::uint32_t line) {
    if (path.starts_with("..") || is_program_text(path) || path == ".") return;
    const auto kind = tree_.kind(path);
    if (kind == FileKind::regular) add(path, file, line);
  }

  bool holds_source(const std::string& folder) const {
    const auto entries = tree_.files().list(tree_.root() + "/" + folder);
    if (!entries || folder == "public" || folder == "static" || folder == "dist" || folder == "assets")
      return false;
    return std::any_of(entries->begin(), entries->end(), [](const base::DirectoryEntry& entry) {
      return entry.name.ends_with(".ts") || entry.name.ends_with(".tsx");
    });
  }

  const ScriptTree& tree_;
  const NodeFolders& folders_;
  model::Project& project_;
};

}  // namespace

void find_node_files(const ScriptTree& tree, const NodeProgram& program, const NodeFolders& folders,
                     model::Project& project) {
  Finder finder(tree, folders, project);
  for (const auto* file : program.files) {
    if (file->path.ends_with(".json")) continue;
    finder.look_at(*file);
    // Express looks for templates in views/ unless it is told otherwise.
    for (std::size_t i = 0; i + 2 < file->tokens.size(); ++i)
      if (file->tokens[i].is_string() && file->tokens[i].text == "view engine")
        finder.add("views", *file, file->tokens[i].line);
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
