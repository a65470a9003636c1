#include "core/project/detect.hpp"

#include "core/base/path.hpp"
#include "core/project/dotnet_project.hpp"
#include "core/project/go_project.hpp"
#include "core/project/java_project.hpp"
#include "core/project/native_project.hpp"
#include "core/project/node_project.hpp"
#include "core/project/python_project.hpp"
#include "core/project/static_site.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace crtune::project {

using base::FileKind;

namespace {

struct Marker {
  std::string_view file;
  std::string_view language;
};
// Files that tell a language; the first that exists decides.
constexpr auto kMarkers = std::to_array<Marker>({{"go.mod", "go"},
                                                 {"go.work", "go"},
                                                 {"main.go", "go"},
                                                 {"Cargo.toml", "rust"},
                                                 {"CMakeLists.txt", "c++"},
                                                 {"meson.build", "c++"},
                                                 {"package.json", "node"},
                                                 {"pyproject.toml", "python"},
                                                 {"requirements.txt", "python"},
                                                 {"Pipfile", "python"},
                                                 {"setup.py", "python"},
                                                 {"manage.py", "python"},
                                                 {"pom.xml", "java"},
                                                 {"build.gradle", "java"},
                                                 {"build.gradle.kts", "java"},
                                                 {"global.json", "dotnet"},
                                                 {"Makefile.am", "c"},
                                                 {"configure.ac", "c"},
                                                 {"auto/configure", "c"},
                                                 {"main.py", "python"},
                                                 {"app.py", "python"},
                                                 {"server.py", "python"},
                                                 {".python-version", "python"},
                                                 {"index.html", "static"},
                                                 {"public/index.html", "static"},
                                                 {"dist/index.html", "static"}});

using Detector = base::Status (*)(base::Files&, const std::string&, const DetectOptions&, model::Project&);
struct Language {
  std::string_view name;
  Detector detect;
};
constexpr auto kLanguages = std::to_array<Language>({{"go", detect_go},
                                                     {"c", detect_cpp},
                                                     {"c++", detect_cpp},
                                                     {"rust", detect_rust},
                                                     {"node", detect_node},
                                                     {"python", detect_python},
                                                     {"java", detect_java},
                                                     {"dotnet", detect_dotnet},
                                                     {"static", detect_static_site}});

// Makefiles stand in projects of every language; with C sources beside it, it is one of C.
Marker makefile_in(base::Files& files, const std::string& root) {
  const std::string_view makefile =
      files.kind(root + "/Makefile") == FileKind::regular ? "Makefile" : "GNUmakefile";
  if (files.kind(root + "/" + std::string(makefile)) != FileKind::regular) return {};
  for (const char* folder : {"", "/src"}) {
    const auto entries = files.list(root + folder);
    if (!entries) continue;
    for (const auto& entry : *entries) {
      const bool cxx = entry.name.ends_with(".cpp") || entry.name.ends_with(".cc");
      if (entry.kind != FileKind::regular || (!cxx && !entry.name.ends_with(".c"))) continue;
      return {makefile, cxx ? "c++" : "c"};
    }
  }
  return {};
}

// The markers that are there, one for each language.
std::vector<Marker> markers_in(base::Files& files, const std::string& root) {
  std::vector<Marker> found;
  const auto is_new = [&found](std::string_view language) {
    return std::none_of(found.begin(), found.end(),
                        [&](const Marker& one) { return one.language == language; });
  };
  for (const auto& marker : kMarkers)
    if (is_new(marker.language) && files.kind(root + "/" + std::string(marker.file)) == FileKind::regular)
      found.push_back(marker);
  // Project files of .NET have names of their own.
  if (is_new("dotnet") && !dotnet_marker(files, root).empty()) found.insert(found.begin(), {"", "dotnet"});
  if (found.empty())
    if (const Marker makefile = makefile_in(files, root); !makefile.language.empty())
      found.push_back(makefile);
  return found;
}

void refuse(model::Project& project) {
  project.refusal = "no project was found: nothing here says what it is built with";
  project.hint =
      "run init in the folder that holds go.mod, CMakeLists.txt, Cargo.toml, package.json, pyproject.toml, "
      "pom.xml or index.html";
}

base::Result<model::Project> detect_as(base::Files& files, const std::string& root,
                                       const DetectOptions& options, const Marker& marker) {
  model::Project project;
  project.language = marker.language;
  const std::string file =
      marker.language == "dotnet" ? dotnet_marker(files, root) : std::string(marker.file);
  if (!marker.language.empty())
    project.evidence.push_back(
        {fmt::format("language: {}", marker.language), file.empty() ? std::string(marker.file) : file, 1});
  const auto* language = std::find_if(kLanguages.begin(), kLanguages.end(), [&](const Language& candidate) {
    return candidate.name == marker.language;
  });
  if (language == kLanguages.end())
    refuse(project);
  else
    CRT_TRY(language->detect(files, root, options, project));
  return project;
}

base::Result<model::Project> detect_folder(base::Files& files, const std::string& root,
                                           const DetectOptions& options) {
  if (files.kind(root + "/.") != FileKind::directory)
    return base::fail(base::ErrorCode::not_found, "no such folder", {.file = root});
  const auto markers = markers_in(files, root);
  CRT_ASSIGN(auto project, detect_as(files, root, options, markers.empty() ? Marker{} : markers.front()));
  // Tools for development bring a package.json into projects of any language.
  const bool tools = project.language == "node" && !project.refusal.empty() && project.choices.empty();
  for (std::size_t i = 1; i < markers.size() && tools; ++i) {
    auto other = detect_as(files, root, options, markers[i]);
    if (other && other->refusal.empty()) return other;
  }
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
    if (found.size() >= kMaxServices || markers_in(files_, full(folder)).empty()) return false;
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
  const bool is_answered = is_service(project) || project.refusal.empty() || !project.choices.empty();
  if (options.main || is_answered) return project;
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
