#include "core/project/python_program.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <set>

namespace crtune::project {

using base::FileKind;
using base::join_path;

namespace {

constexpr std::size_t kMaxFiles = 2000;
constexpr std::size_t kMaxApplications = 50;  // of one file
constexpr std::size_t kMaxImports = 3000;     // likewise

struct Framework {
  std::string_view constructor;
  std::string_view module;  // that the file imports
  std::string_view name;
  bool asgi;
};
constexpr auto kFrameworks = std::to_array<Framework>({{"FastAPI", "fastapi", "fastapi", true},
                                                       {"Starlette", "starlette", "starlette", true},
                                                       {"Litestar", "litestar", "litestar", true},
                                                       {"Quart", "quart", "quart", true},
                                                       {"Flask", "flask", "flask", false},
                                                       {"APIFlask", "apiflask", "flask", false},
                                                       {"Bottle", "bottle", "bottle", false},
                                                       {"Dash", "dash", "dash", false},
                                                       {"App", "falcon", "falcon", false}});

bool imports(const ScriptFile& file, std::string_view module) {
  const auto& tokens = file.tokens;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
    if ((tokens[i].is("import") || tokens[i].is("from")) && tokens[i + 1].is(module)) return true;
  return false;
}

// The frameworks that a file imports, one bit for each row.
using Imported = std::array<bool, kFrameworks.size()>;

Imported imported_by(const ScriptFile& file) {
  Imported imported = {};
  for (std::size_t i = 0; i < kFrameworks.size(); ++i) imported[i] = imports(file, kFrameworks[i].module);
  return imported;
}

const Framework* constructed(const ScriptFile& file, std::size_t at, const Imported& imported) {
  const auto& tokens = file.tokens;
  if (at + 1 >= tokens.size() || !tokens[at].is_identifier() || !tokens[at + 1].is("(")) return nullptr;
  for (std::size_t row = 0; row < kFrameworks.size(); ++row)
    if (imported[row] && tokens[at].is(kFrameworks[row].constructor)) return &kFrameworks[row];
  return nullptr;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

// The files that `import a.b.c` loads: each package's __init__.py and the module.
void add_module(const ScriptTree& tree, const std::string& folder, const std::string& dotted,
                std::vector<std::string>& out) {
  std::string path = folder;
  for (std::size_t at = 0; at <= dotted.size();) {
    const std::size_t end = std::min(dotted.find('.', at), dotted.size());
    const std::string part = dotted.substr(at, end - at);
    if (part.empty()) return;
    path = join_path(path, part);
    if (path.starts_with("..")) return;
    if (tree.kind(path + ".py") == FileKind::regular) {
      out.push_back(path + ".py");
      return;
    }
    if (tree.kind(path) != FileKind::directory) return;
    out.push_back(path + "/__init__.py");
    at = end + 1;
  }
}

// `from a.b import c, d` may load the modules c and d too.
std::vector<std::string> imported_files(const ScriptTree& tree, const ScriptFile& file,
                                        const std::string& root) {
  std::vector<std::string> out;
  const auto& tokens = file.tokens;
  const auto dotted_at = [&tokens](std::size_t& at) {
    std::string name;
    while (at < tokens.size() && (tokens[at].is_identifier() || tokens[at].is(".")) &&
           !tokens[at].is("import")) {
      if (!name.empty() && name.back() != '.' && !tokens[at].is(".")) break;
      name += tokens[at++].text;
    }
    return name;
  };
  for (std::size_t i = 0; i + 1 < tokens.size() && out.size() < kMaxImports; ++i) {
    if (!tokens[i].first_on_line || (!tokens[i].is("import") && !tokens[i].is("from"))) continue;
    std::size_t at = i + 1;
    std::string name = dotted_at(at);
    std::string folder = root;
    if (name.starts_with(".")) {
      folder = folder_of(file.path);
      for (name.erase(0, 1); name.starts_with("."); name.erase(0, 1)) folder = join_path(folder, "..");
      if (folder.starts_with("..")) continue;
    }
    if (!name.empty()) add_module(tree, folder, name, out);
    // Modules beside the script are found without their folder's name.
    if (!name.empty() && folder == root) add_module(tree, folder_of(file.path), name, out);
    if (!tokens[i].is("from")) continue;
    const std::uint32_t line = at < tokens.size() ? tokens[at].line : 0;
    for (; at < tokens.size() && at < i + 100; ++at) {
      if (tokens[at].line != line && tokens[at].first_on_line && !tokens[at].indented && !tokens[at].is(")"))
        break;
      if (!tokens[at].is_identifier() || tokens[at].is("import") || tokens[at].is("as")) continue;
      add_module(tree, folder,
                 name.empty() ? std::string(tokens[at].text) : name + "." + std::string(tokens[at].text),
                 out);
    }
  }
  return out;
}

// What functions make counts where it is given to a name (app = get_application()), or the function is known
// by its name to be called by servers.
void add_made(const std::vector<ScriptToken>& tokens, const std::vector<PythonApplication>& made,
              std::vector<PythonApplication>& found) {
  static constexpr auto kFactories = std::to_array<std::string_view>(
      {"create_app", "make_app", "get_app", "build_app", "create_application"});
  for (const auto& application : made) {
    bool given = false;
    for (std::size_t i = 2; i + 1 < tokens.size() && !given; ++i) {
      if (!tokens[i].is(application.object) || !tokens[i + 1].is("(") || !tokens[i - 1].is("=")) continue;
      const auto& name = tokens[i - 2];
      given = name.first_on_line && !name.indented;
      if (given)
        found.push_back({application.path, std::string(name.text), application.framework, application.asgi,
                         false, name.line});
    }
    if (!given && std::find(kFactories.begin(), kFactories.end(), application.object) != kFactories.end())
      found.push_back(application);
  }
}

}  // namespace

std::vector<PythonApplication> find_applications(const ScriptFile& file) {
  std::vector<PythonApplication> found;
  std::vector<PythonApplication> made;  // by functions
  const auto& tokens = file.tokens;
  const Imported imported = imported_by(file);
  std::string function;
  std::uint32_t function_line = 0;
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].first_on_line && !tokens[i].indented) {
      function.clear();
      const std::size_t name = tokens[i].is("async") ? i + 2 : i + 1;
      if ((tokens[i].is("def") || tokens[i].is("async")) && name < tokens.size()) {
        function = tokens[name].text;
        function_line = tokens[i].line;
      }
    }
    const Framework* framework =
        found.size() + made.size() < kMaxApplications ? constructed(file, i, imported) : nullptr;
    if (framework == nullptr) continue;
    // app = FastAPI(…), app: FastAPI = FastAPI(…), app = flask.Flask(…)
    std::size_t equals = i;
    while (equals > 0 && !tokens[equals].is("=") && tokens[equals - 1].line == tokens[i].line) --equals;
    if (!tokens[equals].is("=") || equals == 0) {
      if (function.empty()) continue;
    }
    const bool indented = [&] {
      std::size_t first = i;
      while (first > 0 && !tokens[first].first_on_line) --first;
      return tokens[first].indented;
    }();
    if (!indented && equals > 0) {
      std::size_t name = equals - 1;
      while (name > 0 && !tokens[name].first_on_line) --name;
      found.push_back({file.path, std::string(tokens[name].text), std::string(framework->name),
                       framework->asgi, false, tokens[i].line});
    } else if (!function.empty()) {
      made.push_back(
          {file.path, function, std::string(framework->name), framework->asgi, true, function_line});
    }
  }
  add_made(tokens, made, found);
  return found;
}

std::vector<const ScriptFile*> reach_python_program(ScriptTree& tree, const std::string& start,
                                                    const std::string& source_folder) {
  std::vector<const ScriptFile*> files;
  std::set<std::string> seen = {start};
  std::deque<std::string> waiting = {start};
  while (!waiting.empty() && files.size() < kMaxFiles) {
    const ScriptFile* file = tree.open(waiting.front());
    waiting.pop_front();
    if (file == nullptr) continue;
    files.push_back(file);
    for (auto& path : imported_files(tree, *file, source_folder))
      if (seen.insert(path).second) waiting.push_back(std::move(path));
  }
  return files;
}

std::string module_of(const std::string& path, const std::string& source_folder) {
  std::string name = path.substr(0, path.size() - 3);
  if (source_folder != "." && name.starts_with(source_folder + "/")) name.erase(0, source_folder.size() + 1);
  if (name.ends_with("/__init__")) name.resize(name.size() - std::string_view("/__init__").size());
  std::replace(name.begin(), name.end(), '/', '.');
  return name;
}

}  // namespace crtune::project
