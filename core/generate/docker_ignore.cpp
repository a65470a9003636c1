#include "core/base/glob.hpp"
#include "core/base/path.hpp"
#include "core/generate/generate.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/template.hpp"

#include <algorithm>
#include <array>

namespace crtune::generate {
namespace {

using Patterns = std::vector<std::string>;

// One list for each reason. "**/" means in any folder.
const Patterns kSecrets = {"**/.env",
                           "**/.env.*",
                           "**/*.pem",
                           "**/*.key",
                           "**/*.p12",
                           "**/*.pfx",
                           "**/id_rsa",
                           "**/id_ed25519",
                           "**/.netrc",
                           "**/.npmrc",
                           "**/.git-credentials",
                           "**/credentials.json",
                           "**/service-account*.json",
                           "**/*.tfstate*",
                           "**/.aws",
                           "**/.ssh",
                           "**/.config/gcloud"};
const Patterns kClutter = {"**/.git",           "**/.gitignore", "**/.gitattributes", "**/.github",
                           "**/.gitlab-ci.yml", "**/.hg",        "**/.svn",           "**/.idea",
                           "**/.vscode",        "**/.DS_Store",  "**/*.swp"};
const Patterns kAbout = {"Dockerfile*",   ".dockerignore",   "service.yaml",  "docker-compose*.y*ml",
                         "compose*.y*ml", "cloudbuild.y*ml", "skaffold.y*ml", ".cloudrun-tune.yaml"};
const Patterns kLeftovers = {"**/*_test.go", "**/testdata", "**/node_modules", "**/__debug_bin*",
                             "**/*.test",    "*.out",       "*.log",           "coverage.*",
                             "bin",          "tmp"};

// As .dockerignore reads it: a pattern hides what it matches and everything below.
bool hides(const std::string& pattern, std::string_view path) {
  const bool anywhere = pattern.starts_with("**/");
  const std::string_view rest = anywhere ? std::string_view(pattern).substr(3) : std::string_view(pattern);
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

bool hidden_by(const Patterns& patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [path](const std::string& pattern) { return hides(pattern, path); });
}

// In a wider context the project's own files are no longer at the root.
Patterns in_folder(const Patterns& patterns, const std::string& folder) {
  if (folder == ".") return patterns;
  Patterns out;
  for (const auto& pattern : patterns)
    out.push_back(pattern.starts_with("**/") ? pattern : folder + "/" + pattern);
  return out;
}

}  // namespace

base::Result<GeneratedFile> docker_ignore(const model::Project& project, const GenerateOptions& options) {
  CRT_ASSIGN(const BuildContext context, build_context(project, options));
  Patterns exceptions;
  for (const auto& path : project.kept_files) {
    if (!hidden_by(kSecrets, path) && !hidden_by(kClutter, path) && !hidden_by(kAbout, path) &&
        !hidden_by(kLeftovers, path))
      continue;
    if (const auto line = ignore_pattern(base::join_path(context.module_folder, path)))
      exceptions.push_back(*line);
  }
  std::sort(exceptions.begin(), exceptions.end());
  exceptions.erase(std::unique(exceptions.begin(), exceptions.end()), exceptions.end());

  TemplateValues values;
  values.set_texts("secrets", kSecrets).set_texts("clutter", kClutter);
  values.set_texts("about", in_folder(kAbout, context.module_folder));
  values.set_texts("leftovers", in_folder(kLeftovers, context.module_folder));
  values.set_flag("has_kept", !exceptions.empty()).set_texts("kept", exceptions);
  CRT_ASSIGN(std::string text, render_embedded("docker/go/dockerignore", values));
  // Beside the Dockerfile when the context is another folder: builders look there first.
  return GeneratedFile{context.folder == "." ? ".dockerignore" : "Dockerfile.dockerignore", std::move(text)};
}

}  // namespace crtune::generate
