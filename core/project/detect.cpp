#include "core/project/detect.hpp"

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

}  // namespace

base::Result<model::Project> detect(base::Files& files, const std::string& root,
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

}  // namespace crtune::project
