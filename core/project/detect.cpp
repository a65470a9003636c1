#include "core/project/detect.hpp"

#include "core/project/dotnet_project.hpp"
#include "core/project/go_project.hpp"
#include "core/project/java_project.hpp"
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
                                                     {"node", detect_node},
                                                     {"python", detect_python},
                                                     {"java", detect_java},
                                                     {"dotnet", detect_dotnet},
                                                     {"static", detect_static_site}});

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
  return found;
}

void refuse(model::Project& project) {
  if (project.language.empty()) {
    project.refusal = "no project was found: there is no go.mod";
    project.hint = "run init in the folder that holds go.mod";
    return;
  }
  project.refusal = fmt::format("{} projects are not supported yet, only Go", project.language);
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

}  // namespace

base::Result<model::Project> detect(base::Files& files, const std::string& root,
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

}  // namespace crtune::project
