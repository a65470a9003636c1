#include "core/project/detect.hpp"

#include "core/project/go_project.hpp"
#include "core/project/node_project.hpp"

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
constexpr auto kLanguages = std::to_array<Language>({{"go", detect_go}, {"node", detect_node}});

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

}  // namespace

base::Result<model::Project> detect(base::Files& files, const std::string& root,
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

}  // namespace crtune::project
