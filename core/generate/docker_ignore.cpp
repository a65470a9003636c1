#include "core/base/glob.hpp"
#include "core/base/path.hpp"
#include "core/generate/generate.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>

namespace crtune::generate {
namespace {

using Patterns = std::vector<std::string>;
using Table = std::span<const std::string_view>;

// One list for each reason. "**/" means in any folder.
constexpr auto kSecrets = std::to_array<std::string_view>(
    {"**/.env", "**/.env.*", "**/*.pem", "**/*.key", "**/*.p12", "**/*.pfx", "**/id_rsa", "**/id_ed25519",
     "**/.netrc", "**/.npmrc", "**/.git-credentials", "**/credentials.json", "**/service-account*.json",
     "**/*.tfstate*", "**/.aws", "**/.ssh", "**/.config/gcloud"});
constexpr auto kClutter = std::to_array<std::string_view>(
    {"**/.git", "**/.gitignore", "**/.gitattributes", "**/.github", "**/.gitlab-ci.yml", "**/.hg", "**/.svn",
     "**/.idea", "**/.vscode", "**/.DS_Store", "**/*.swp"});
constexpr auto kAbout = std::to_array<std::string_view>(
    {"Dockerfile*", ".dockerignore", "service.yaml", "docker-compose*.y*ml", "compose*.y*ml",
     "cloudbuild.y*ml", "skaffold.y*ml", ".cloudrun-tune.yaml"});
// What tests and builds leave behind, by language.
constexpr auto kGoLeftovers =
    std::to_array<std::string_view>({"**/*_test.go", "**/testdata", "**/node_modules", "**/__debug_bin*",
                                     "**/*.test", "*.out", "*.log", "coverage.*", "bin", "tmp"});

constexpr auto kCppLeftovers = std::to_array<std::string_view>(
    {"build", "build-*", "cmake-build-*", "out", ".cache", "**/CMakeCache.txt", "**/CMakeFiles",
     "CMakeUserPresets.json", "compile_commands.json", "vcpkg_installed", "**/*.o", "**/*.a", "**/*.so",
     "**/*.log"});
constexpr auto kRustLeftovers =
    std::to_array<std::string_view>({"**/target", "**/*.rs.bk", "**/*.pdb", "**/*.profraw", "**/*.log"});
constexpr auto kNodeLeftovers = std::to_array<std::string_view>(
    {"**/node_modules", "**/.next", "**/.nuxt", "**/.output", "**/.turbo", "**/coverage", "**/__tests__",
     "**/*.test.*", "**/*.spec.*", "**/*.log", "**/.eslintcache", "**/*.tsbuildinfo"});
constexpr auto kPythonLeftovers = std::to_array<std::string_view>(
    {"**/__pycache__", "**/*.pyc", "**/.venv", "**/venv", "**/.pytest_cache", "**/.mypy_cache",
     "**/.ruff_cache", "**/.tox", "**/*.egg-info", "**/tests", "**/test_*.py", "**/*.log", "**/.coverage",
     "**/htmlcov", "**/*.sqlite3"});
constexpr auto kJavaLeftovers = std::to_array<std::string_view>(
    {"**/target", "**/build", "**/.gradle", "**/src/test", "**/*.class", "**/*.log", "**/bin/main"});
constexpr auto kDotnetLeftovers =
    std::to_array<std::string_view>({"**/bin", "**/obj", "**/.vs", "**/*.user", "**/TestResults",
                                     "**/appsettings.Development.json", "**/*.log"});
constexpr auto kSiteLeftovers = std::to_array<std::string_view>({"**/node_modules", "**/*.map", "**/*.log"});

Table leftovers(std::string_view language) {
  if (language == "go") return kGoLeftovers;
  if (language == "c" || language == "c++") return kCppLeftovers;
  if (language == "rust") return kRustLeftovers;
  if (language == "node") return kNodeLeftovers;
  if (language == "python") return kPythonLeftovers;
  if (language == "java") return kJavaLeftovers;
  if (language == "dotnet") return kDotnetLeftovers;
  if (language == "static") return kSiteLeftovers;
  return {};
}

// As .dockerignore reads it: a pattern hides what it matches and everything below.
class Hidden {
 public:
  explicit Hidden(std::vector<Table> tables) : tables_(std::move(tables)) {}

  bool operator()(std::string_view path) {
    if (matches(path)) return true;
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return false;
    // Many files share a folder: it is looked at once.
    const auto folder = path.substr(0, slash);
    const auto known = folders_.find(folder);
    if (known != folders_.end()) return known->second;
    const bool hidden = (*this)(folder);
    folders_.emplace(folder, hidden);
    return hidden;
  }

 private:
  bool matches(std::string_view path) const {
    const bool root = path.find('/') == std::string_view::npos;
    const auto name = path.substr(path.rfind('/') + 1);
    return std::any_of(tables_.begin(), tables_.end(), [&](const Table& table) {
      return std::any_of(table.begin(), table.end(), [&](std::string_view pattern) {
        const bool anywhere = pattern.starts_with("**/");
        if (!anywhere && !root) return false;
        const auto rest = anywhere ? pattern.substr(3) : pattern;
        // A pattern without "/" is compared with the last name.
        return base::glob_matches(rest, rest.find('/') == std::string_view::npos ? name : path);
      });
    });
  }

  std::vector<Table> tables_;
  std::unordered_map<std::string_view, bool> folders_;
};

// In a wider context the project's own files are no longer at the root.
Patterns in_folder(Table patterns, const std::string& folder) {
  Patterns out;
  out.reserve(patterns.size());
  for (const auto pattern : patterns)
    out.push_back(folder == "." || pattern.starts_with("**/") ? std::string(pattern)
                                                              : fmt::format("{}/{}", folder, pattern));
  return out;
}

// All that the build reads, as patterns from the context; none where one of them cannot be said.
Patterns allowed_paths(const model::Project& project, const BuildContext& context) {
  std::vector<std::string> paths = project.build_inputs;
  if (paths.empty()) return {};
  if (project.workspace) {
    const auto& workspace = *project.workspace;
    paths.push_back(base::join_path(workspace.folder, "go.work"));
    if (workspace.has_sum) paths.push_back(base::join_path(workspace.folder, "go.work.sum"));
    for (const auto& member : workspace.members) {
      paths.push_back(member.folder + "/go.mod");
      if (member.has_sum) paths.push_back(member.folder + "/go.sum");
    }
  }
  Patterns patterns;
  for (const auto& path : paths) {
    const std::string place = base::join_path(context.module_folder, path);
    if (path == "*.go") {
      patterns.push_back(place);
      continue;
    }
    auto pattern = ignore_pattern(place);
    if (!pattern || place == "." || place.starts_with("..")) return {};
    patterns.push_back(*std::move(pattern));
  }
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  return patterns;
}

}  // namespace

base::Result<GeneratedFile> docker_ignore(const model::Project& project, const GenerateOptions& options) {
  CRT_ASSIGN(const BuildContext context, build_context(project, options));
  const Table left = leftovers(project.language);
  Patterns exceptions;
  Hidden hidden({kSecrets, kClutter, kAbout, left});
  for (const auto& path : project.kept_files) {
    if (!hidden(path)) continue;
    if (const auto line = ignore_pattern(base::join_path(context.module_folder, path)))
      exceptions.push_back(*line);
  }
  std::sort(exceptions.begin(), exceptions.end());
  exceptions.erase(std::unique(exceptions.begin(), exceptions.end()), exceptions.end());

  const Patterns allowed = allowed_paths(project, context);
  TemplateValues values;
  values.set_flag("has_allowed", !allowed.empty()).set_texts("allowed", allowed);
  values.set_texts("secrets", in_folder(kSecrets, ".")).set_texts("clutter", in_folder(kClutter, "."));
  values.set_texts("about", in_folder(kAbout, context.module_folder));
  values.set_texts("leftovers", in_folder(left, context.module_folder));
  values.set_flag("has_kept", !exceptions.empty()).set_texts("kept", exceptions);
  CRT_ASSIGN(std::string text, render_embedded("docker/dockerignore", values));
  // Beside the Dockerfile when the context is another folder: builders look there first.
  return GeneratedFile{context.folder == "." ? ".dockerignore" : "Dockerfile.dockerignore", std::move(text)};
}

}  // namespace crtune::generate
