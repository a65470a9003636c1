#include "core/project/python_manifest.hpp"

#include "core/base/path.hpp"
#include "core/project/node_manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace crtune::project {

using base::FileKind;
using model::PythonManager;

namespace {

constexpr std::size_t kMaxRequirementsFiles = 20;

// "Flask[async]>=2,<3 ; marker" is flask. Names are compared as PEP 503 says.
std::string package_name(std::string_view requirement) {
  std::string name;
  for (const char c : requirement) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
    if (!word) break;
    if (c >= 'A' && c <= 'Z')
      name += static_cast<char>(c - 'A' + 'a');
    else
      name += c == '_' || c == '.' ? '-' : c;
  }
  // fastapi[standard] brings its server.
  if (requirement.substr(name.size()).starts_with("[standard]")) name += "[standard]";
  return name;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  text.remove_prefix(begin);
  return text.substr(0, text.find_last_not_of(" \t\r") + 1);
}

class Reader {
 public:
  Reader(const ScriptTree& tree, const DetectOptions& options, model::Project& project)
      : tree_(tree), options_(options), project_(project), python_(*project.python) {}

  base::Status run() {
    CRT_TRY(read_pyproject());
    CRT_TRY(read_pipfile());
    for (const char* name : {"requirements.txt", "requirements/production.txt", "requirements/prod.txt",
                             "requirements/base.txt"})
      if (tree_.kind(name) == FileKind::regular) {
        if (python_.manager == PythonManager::none || !python_.is_locked) use_requirements(name);
        break;
      }
    find_version();
    return {};
  }

 private:
  base::Result<std::optional<base::TomlNode>> toml(const std::string& name) {
    const std::string text = tree_.text_of(name);
    if (text.empty()) return std::nullopt;
    if (options_.documents == nullptr)
      return base::fail(base::ErrorCode::internal, "no reader of TOML was given");
    CRT_ASSIGN(auto document, options_.documents->toml(text, name));
    return std::optional(std::move(document));
  }

  void add(std::string name) {
    if (name.empty() || python_.packages.size() > 5000) return;
    if (name == "fastapi[standard]") {
      python_.packages.emplace_back("uvicorn");
      name = "fastapi";
    }
    if (const auto extra = name.find('['); extra != std::string::npos) name.resize(extra);
    python_.packages.push_back(std::move(name));
  }

  bool is_there(const char* name) const { return tree_.kind(name) == FileKind::regular; }

  base::Status read_pyproject() {
    CRT_ASSIGN(const auto document, toml("pyproject.toml"));
    if (!document) return {};
    if (const auto* project = document->find("project")) {
      if (const auto* name = project->text_of("name")) project_.module = *name;
      if (const auto* list = project->find("dependencies"))
        for (const auto& item : list->items) add(package_name(item.text));
      if (const auto* needs = project->find("requires-python"))
        declare(needs->text, "pyproject.toml requires-python", "pyproject.toml", needs->line);
    }
    const auto* tool = document->find("tool");
    const auto* poetry = tool == nullptr ? nullptr : tool->find("poetry");
    if (poetry != nullptr) read_poetry(*poetry);
    const bool uv = is_there("uv.lock");
    const bool uses_poetry = is_there("poetry.lock") || poetry != nullptr;
    if (!uv && !uses_poetry && python_.packages.empty()) return {};
    python_.manager = !uv && uses_poetry ? PythonManager::poetry : PythonManager::uv;
    python_.manifests = {"pyproject.toml"};
    python_.is_locked = uv || is_there("poetry.lock");
    if (python_.is_locked) python_.manifests.emplace_back(uv ? "uv.lock" : "poetry.lock");
    return {};
  }

  void read_poetry(const base::TomlNode& poetry) {
    if (const auto* name = poetry.text_of("name"); name != nullptr && project_.module.empty())
      project_.module = *name;
    const auto* dependencies = poetry.find("dependencies");
    if (dependencies == nullptr) return;
    for (const auto& member : dependencies->members) {
      if (member.key == "python")
        declare(member.value.text, "pyproject.toml python", "pyproject.toml", member.value.line);
      else
        add(package_name(member.key));
    }
  }

  base::Status read_pipfile() {
    if (python_.manager != PythonManager::none) return {};
    CRT_ASSIGN(const auto document, toml("Pipfile"));
    if (!document) return {};
    if (const auto* packages = document->find("packages"))
      for (const auto& member : packages->members) add(package_name(member.key));
    if (const auto* needs = document->find("requires"))
      for (const auto& member : needs->members)
        if (member.key.starts_with("python"))
          declare(member.value.text, "Pipfile", "Pipfile", member.value.line);
    if (python_.packages.empty()) return {};
    python_.manager = PythonManager::pipenv;
    python_.is_locked = is_there("Pipfile.lock");
    python_.manifests = {"Pipfile"};
    if (python_.is_locked) python_.manifests.emplace_back("Pipfile.lock");
    return {};
  }

  void use_requirements(const std::string& name) {
    python_.manifests.clear();
    std::set<std::string> seen;
    const std::size_t before = python_.packages.size();
    read_requirements(name, seen);
    python_.manager = python_.packages.size() > before || !python_.packages.empty() ? PythonManager::pip
                                                                                    : PythonManager::none;
    if (python_.manager == PythonManager::none) python_.manifests.clear();
  }

  void read_requirements(const std::string& name, std::set<std::string>& seen) {
    if (seen.size() >= kMaxRequirementsFiles || !seen.insert(name).second) return;
    const std::string text = tree_.text_of(name);
    if (tree_.kind(name) != FileKind::regular) return;
    python_.manifests.push_back(name);
    const std::size_t slash = name.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : name.substr(0, slash);
    for (std::string_view rest = text; !rest.empty();) {
      const auto line = trimmed(rest.substr(0, rest.find('\n')));
      rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
      for (const std::string_view option : {"-r ", "--requirement ", "-c ", "--constraint "})
        if (line.starts_with(option))
          read_requirements(base::join_path(folder, trimmed(line.substr(option.size()))), seen);
      if (!line.empty() && line[0] != '#' && line[0] != '-') add(package_name(line));
    }
  }

  void declare(const std::string& range, const std::string& source, const std::string& file,
               std::uint64_t line) {
    if (!declared_.empty()) return;
    declared_ = lowest_version(range);
    source_ = source;
    file_ = file;
    line_ = line;
    said_ = range;
  }

  // A version file is what its author runs; a range is what the project allows.
  void find_version() {
    for (const char* name : {".python-version", "runtime.txt", ".tool-versions"}) {
      std::string text = tree_.text_of(name, 65536);
      const bool tools = std::string_view(name) == ".tool-versions";
      const std::uint64_t line = tools ? line_of(text, "python ") : 1;
      if (tools) text = line == 0 ? "" : text.substr(text.find("python "));
      text.resize(std::min(text.find('\n'), text.size()));
      const bool range_first = std::string_view(name) == "runtime.txt" && !declared_.empty();
      const std::string version = lowest_version(text);
      if (version.empty() || range_first) continue;
      set_version(version, text, name, name, line);
      return;
    }
    if (!declared_.empty()) set_version(declared_, said_, source_, file_, line_);
  }

  void set_version(const std::string& version, const std::string& said, const std::string& source,
                   const std::string& file, std::uint64_t line) {
    project_.version = version;
    project_.version_source = source;
    const std::string more = said == version ? "" : fmt::format(" ({})", said);
    project_.evidence.push_back({fmt::format("version: Python {}{}", version, more), file, line});
  }

  const ScriptTree& tree_;
  const DetectOptions& options_;
  model::Project& project_;
  model::PythonProject& python_;
  std::string declared_;
  std::string source_;
  std::string file_;
  std::string said_;
  std::uint64_t line_ = 0;
};

}  // namespace

base::Status read_python_manifests(const ScriptTree& tree, const DetectOptions& options,
                                   model::Project& project) {
  return Reader(tree, options, project).run();
}

bool needs_package(const model::PythonProject& python, std::string_view name) {
  return std::find(python.packages.begin(), python.packages.end(), name) != python.packages.end();
}

}  // namespace crtune::project
