#include "core/project/detect.hpp"

#include "core/base/path.hpp"
#include "core/project/go_project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::project {

using base::FileKind;

namespace {

struct Marker {
  std::string_view file;
  std::string_view language;
};
// Files that tell a language; the first that exists decides.
constexpr std::array<Marker, 17> kMarkers = {{{"go.mod", "go"},
                                              {"go.work", "go"},
                                              {"main.go", "go"},
                                              {"Cargo.toml", "rust"},
                                              {"CMakeLists.txt", "c++"},
                                              {"meson.build", "c++"},
                                              {"package.json", "node"},
                                              {"pyproject.toml", "python"},
                                              {"requirements.txt", "python"},
                                              {"Pipfile", "python"},
                                              {"pom.xml", "java"},
                                              {"build.gradle", "java"},
                                              {"build.gradle.kts", "java"},
                                              {"global.json", "dotnet"},
                                              {"Makefile.am", "c"},
                                              {"index.html", "static"},
                                              {"public/index.html", "static"}}};

using Detector = base::Status (*)(base::Files&, const std::string&, const DetectOptions&, model::Project&);
struct Language {
  std::string_view name;
  Detector detect;
};
constexpr std::array<Language, 1> kLanguages = {{{"go", detect_go}}};

void find_language(base::Files& files, const std::string& root, model::Project& project) {
  for (const auto& marker : kMarkers)
    if (files.kind(root + "/" + std::string(marker.file)) == FileKind::regular) {
      project.language = marker.language;
      project.evidence.push_back({fmt::format("language: {}", marker.language), std::string(marker.file), 1});
      return;
    }
}

void refuse(model::Project& project) {
  if (project.language == "static") project.kind = model::ServiceKind::static_site;
  if (project.language.empty()) {
    project.refusal = "no project was found: there is no go.mod";
    project.hint = "run init in the folder that holds go.mod";
    return;
  }
  project.refusal = fmt::format("{} projects are not supported yet, only Go", project.language);
}

base::Result<model::Project> detect_folder(base::Files& files, const std::string& root,
                                           const DetectOptions& options) {
  if (files.kind(root + "/.") != FileKind::directory)
    return base::fail(base::ErrorCode::not_found, "no such folder", {.file = root});
  model::Project project;
  find_language(files, root, project);
  const auto* language = std::find_if(kLanguages.begin(), kLanguages.end(), [&](const Language& candidate) {
    return candidate.name == project.language;
  });
  if (language == kLanguages.end())
    refuse(project);
  else
    CRT_TRY(language->detect(files, root, options, project));
  return project;
}

// Whether a container can be made of it, perhaps after a choice.
bool is_service(const model::Project& project) {
  return project.kind == model::ServiceKind::service ||
         (project.kind == model::ServiceKind::static_site && project.refusal.empty());
}

// Looks through the folders below a root for services.
class ServiceSearch {
 public:
  ServiceSearch(base::Files& files, const std::string& root) : files_(files), root_(root) {}

  base::Status below(const std::string& folder, int depth) {
    if (depth > kMaxDepth) return {};
    const auto entries = files_.list(full(folder));
    if (!entries) return {};  // unreadable: nothing can be said of it
    for (const auto& entry : *entries) {
      if (entry.kind != FileKind::directory || is_passed_over(entry.name)) continue;
      if (++folders_ > kMaxFolders) return {};
      const std::string path = base::join_path(folder, entry.name);
      CRT_ASSIGN(const bool is_one, look(path));
      if (!is_one) CRT_TRY(below(path, depth + 1));
    }
    return {};
  }

  std::vector<std::string> found;

 private:
  static constexpr int kMaxDepth = 4;
  static constexpr std::size_t kMaxFolders = 4000;
  static constexpr std::size_t kMaxServices = 200;

  static bool is_passed_over(std::string_view name) {
    static constexpr auto kNames = std::to_array<std::string_view>(
        {"node_modules", "vendor",   "third_party", "testdata", "test",    "tests", "e2e",
         "example",      "examples", "samples",     "docs",     "doc",     "dist",  "build",
         "target",       "bench",    "benchmarks",  "hack",     "scripts", "tools"});
    return name.starts_with(".") || name.starts_with("_") ||
           std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  }
  std::string full(const std::string& folder) const { return folder == "." ? root_ : root_ + "/" + folder; }

  base::Result<bool> look(const std::string& folder) {
    model::Project seen;
    find_language(files_, full(folder), seen);
    const bool known = std::any_of(kLanguages.begin(), kLanguages.end(), [&seen](const Language& language) {
      return language.name == seen.language;
    });
    if (!known || found.size() >= kMaxServices) return false;
    CRT_ASSIGN(const auto project, detect_folder(files_, full(folder), {}));
    if (!is_service(project)) return false;
    found.push_back(folder);
    return true;
  }

  base::Files& files_;
  const std::string& root_;
  std::size_t folders_ = 0;
};

}  // namespace

base::Result<std::vector<std::string>> find_services(base::Files& files, const std::string& root) {
  CRT_ASSIGN(const auto project, detect_folder(files, root, {}));
  if (is_service(project)) return std::vector<std::string>{"."};
  ServiceSearch search(files, root);
  CRT_TRY(search.below(".", 1));
  return std::move(search.found);
}

base::Result<model::Project> detect(base::Files& files, const std::string& root,
                                    const DetectOptions& options) {
  CRT_ASSIGN(model::Project project, detect_folder(files, root, options));
  if (options.main || is_service(project) || project.refusal.empty()) return project;
  ServiceSearch search(files, root);
  CRT_TRY(search.below(".", 1));
  if (search.found.empty()) return project;
  for (const auto& folder : search.found)
    project.evidence.push_back({fmt::format("service: {}", folder), folder, 0});
  project.kind = model::ServiceKind::service;
  project.choices = std::move(search.found);
  project.refusal = project.choices.size() == 1
                        ? fmt::format("the service is in the folder {}", project.choices[0])
                        : fmt::format("there are services in {} folders", project.choices.size());
  project.hint =
      fmt::format("run `init {}` for one of them, or `init --all` for each", project.choices.front());
  return project;
}

}  // namespace crtune::project
