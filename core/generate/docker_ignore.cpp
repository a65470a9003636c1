#include "core/base/glob.hpp"
#include "core/base/path.hpp"
#include "core/generate/generate.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

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
  if (language == "node") return kNodeLeftovers;
  if (language == "python") return kPythonLeftovers;
  if (language == "java") return kJavaLeftovers;
  if (language == "dotnet") return kDotnetLeftovers;
  if (language == "static") return kSiteLeftovers;
  return {};
}

// As .dockerignore reads it: a pattern hides what it matches and everything below.
bool hides(std::string_view pattern, std::string_view path) {
  const bool anywhere = pattern.starts_with("**/");
  const std::string_view rest = anywhere ? pattern.substr(3) : pattern;
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    const auto part = path.substr(0, end);
    const bool root = part.find('/') == std::string_view::npos;
    if (anywhere || root) {
      // A pattern without "/" is compared with the last name.
      const auto name = rest.find('/') == std::string_view::npos ? part.substr(part.rfind('/') + 1) : part;
      if (base::glob_matches(rest, name)) return true;
    }
    if (end == std::string_view::npos) return false;
  }
}

bool hidden_by(Table patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [path](std::string_view pattern) { return hides(pattern, path); });
}

// In a wider context the project's own files are no longer at the root.
Patterns in_folder(Table patterns, const std::string& folder) {
  Patterns out;
  out.reserve(patterns.size());
  for (const auto pattern : patterns)
    out.push_back(folder == "." || pattern.starts_with("**/") ? std::string(pattern)
                                                              : fmt::format("{}/{}", folder, pattern));
  return out;
}

}  // namespace

base::Result<GeneratedFile> docker_ignore(const model::Project& project, const GenerateOptions& options) {
  CRT_ASSIGN(const BuildContext context, build_context(project, options));
  const Table left = leftovers(project.language);
  Patterns exceptions;
  for (const auto& path : project.kept_files) {
    if (!hidden_by(kSecrets, path) && !hidden_by(kClutter, path) && !hidden_by(kAbout, path) &&
        !hidden_by(left, path))
      continue;
    if (const auto line = ignore_pattern(base::join_path(context.module_folder, path)))
      exceptions.push_back(*line);
  }
  std::sort(exceptions.begin(), exceptions.end());
  exceptions.erase(std::unique(exceptions.begin(), exceptions.end()), exceptions.end());

  TemplateValues values;
  values.set_texts("secrets", in_folder(kSecrets, ".")).set_texts("clutter", in_folder(kClutter, "."));
  values.set_texts("about", in_folder(kAbout, context.module_folder));
  values.set_texts("leftovers", in_folder(left, context.module_folder));
  values.set_flag("has_kept", !exceptions.empty()).set_texts("kept", exceptions);
  CRT_ASSIGN(std::string text, render_embedded("docker/dockerignore", values));
  // Beside the Dockerfile when the context is another folder: builders look there first.
  return GeneratedFile{context.folder == "." ? ".dockerignore" : "Dockerfile.dockerignore", std::move(text)};
}

}  // namespace crtune::generate
