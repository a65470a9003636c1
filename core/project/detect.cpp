#include "core/project/detect.hpp"

#include "core/base/path.hpp"
#include "core/project/go_project.hpp"
#include "core/project/native_project.hpp"

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
constexpr std::array<Marker, 19> kMarkers = {{{"go.mod", "go"},
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
                                              {"configure.ac", "c"},
                                              {"auto/configure", "c"},
                                              {"index.html", "static"},
                                              {"public/index.html", "static"}}};

using Detector = base::Status (*)(base::Files&, const std::string&, const DetectOptions&, model::Project&);
struct Language {
  std::string_view name;
  Detector detect;
};
constexpr std::array<Language, 4> kLanguages = {
    {{"go", detect_go}, {"c", detect_cpp}, {"c++", detect_cpp}, {"rust", detect_rust}}};

void find_language(base::Files& files, const std::string& root, model::Project& project) {
  for (const auto& marker : kMarkers)
    if (files.kind(root + "/" + std::string(marker.file)) == FileKind::regular) {
      project.language = marker.language;
      project.evidence.push_back({fmt::format("language: {}", marker.language), std::string(marker.file), 1});
      return;
    }
}

// Makefiles stand in projects of every language; with C sources beside it, it is one of C.
void find_makefile(base::Files& files, const std::string& root, model::Project& project) {
  const std::string makefile =
      files.kind(root + "/Makefile") == FileKind::regular ? "Makefile" : "GNUmakefile";
  if (files.kind(root + "/" + makefile) != FileKind::regular) return;
  for (const char* folder : {"", "/src"}) {
    const auto entries = files.list(root + folder);
    if (!entries) continue;
    for (const auto& entry : *entries) {
      const bool cxx = entry.name.ends_with(".cpp") || entry.name.ends_with(".cc");
      if (entry.kind != FileKind::regular || (!cxx && !entry.name.ends_with(".c"))) continue;
      project.language = cxx ? "c++" : "c";
      project.evidence.push_back({fmt::format("language: {}", project.language), makefile, 1});
      return;
    }
  }
}

void refuse(model::Project& project) {
  if (project.language == "static") project.kind = model::ServiceKind::static_site;
  if (project.language.empty()) {
    project.refusal = "no project was found: there is no go.mod, Cargo.toml, CMakeLists.txt or meson.build";
    project.hint = "run init in the folder that holds it";
    return;
  }
  project.refusal = fmt::format("{} projects are not supported yet", project.language);
}

base::Result<model::Project> detect_folder(base::Files& files, const std::string& root,
                                           const DetectOptions& options) {
  if (files.kind(root + "/.") != FileKind::directory)
    return base::fail(base::ErrorCode::not_found, "no such folder", {.file = root});
  model::Project project;
  find_language(files, root, project);
  if (project.language.empty()) find_makefile(files, root, project);
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
  ServiceSearch(base::Files& files, const std::string& root, const base::Documents* documents)
      : files_(files), root_(root), documents_(documents) {}

  void below(const std::string& folder, int depth) {
    if (depth > kMaxDepth) return;
    const auto entries = files_.list(full(folder));
    if (!entries) return;  // unreadable: nothing can be said of it
    for (const auto& entry : *entries) {
      if (entry.kind != FileKind::directory || is_passed_over(entry.name)) continue;
      if (++folders_ > kMaxFolders) return;
      const std::string path = base::join_path(folder, entry.name);
      if (!look(path)) below(path, depth + 1);
    }
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

  // What cannot be read is no service, and no reason to tell nothing of the others.
  bool look(const std::string& folder) {
    model::Project seen;
    find_language(files_, full(folder), seen);
    const bool known = std::any_of(kLanguages.begin(), kLanguages.end(), [&seen](const Language& language) {
      return language.name == seen.language;
    });
    if (!known || found.size() >= kMaxServices) return false;
    const auto project = detect_folder(files_, full(folder), {.main = {}, .documents = documents_});
    if (!project || !is_service(*project)) return false;
    found.push_back(folder);
    return true;
  }

  base::Files& files_;
  const std::string& root_;
  const base::Documents* documents_;
  std::size_t folders_ = 0;
};

}  // namespace

base::Result<std::vector<std::string>> find_services(base::Files& files, const std::string& root,
                                                     const base::Documents* documents) {
  CRT_ASSIGN(const auto project, detect_folder(files, root, {.main = {}, .documents = documents}));
  if (is_service(project)) return std::vector<std::string>{"."};
  ServiceSearch search(files, root, documents);
  search.below(".", 1);
  return std::move(search.found);
}

base::Result<model::Project> detect(base::Files& files, const std::string& root,
                                    const DetectOptions& options) {
  CRT_ASSIGN(model::Project project, detect_folder(files, root, options));
  if (options.main || is_service(project) || project.refusal.empty()) return project;
  ServiceSearch search(files, root, options.documents);
  search.below(".", 1);
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
