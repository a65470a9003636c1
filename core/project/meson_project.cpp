#include "core/base/escape.hpp"
#include "core/project/debian_packages.hpp"
#include "core/project/meson_build.hpp"
#include "core/project/native_port.hpp"
#include "core/project/native_programs.hpp"
#include "core/project/native_project.hpp"
#include "core/project/native_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::project {
namespace {

// A program's own sources and those of the libraries in the tree that it links.
SourceProgram source_of(base::Files& files, const std::string& root, const MesonBuild& build,
                        const MesonTarget& program) {
  std::vector<const MesonTarget*> reached = {&program};
  for (std::size_t at = 0; at < reached.size(); ++at)
    for (const auto& link : reached[at]->links)
      for (const auto& target : build.targets)
        if (link == "$" + target.variable &&
            std::find(reached.begin(), reached.end(), &target) == reached.end())
          reached.push_back(&target);
  SourceProgram out(SourceLanguage::c_family);
  for (const auto* target : reached)
    for (const auto& path : target->sources) out.add(files, root, path, {"include", "src", target->folder});
  out.index();
  return out;
}

void set_packages(const MesonBuild& build, const MesonTarget& target, model::Project& project,
                  model::NativeProject& native) {
  for (const auto& dependency : build.dependencies) {
    const bool used = std::any_of(
        target.dependencies.begin(), target.dependencies.end(),
        [&](const auto& name) { return name == "$" + dependency.variable || name == dependency.name; });
    if ((!dependency.required && !used) || is_developers_tool(dependency.name)) continue;
    const DebianPackage* row = debian_package(dependency.name);
    if (row == nullptr) {
      project.notes.push_back(
          fmt::format("{}:{}: no Debian package is known for {}: add what provides it to the build stage",
                      dependency.file, dependency.line, base::one_line(dependency.name, 60)));
    } else if (!row->packages.empty()) {
      project.evidence.push_back({fmt::format("package: {} is {}", dependency.name, row->packages),
                                  dependency.file, dependency.line});
      for (std::string_view rest = row->packages; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        native.packages.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      if (std::find(native.packages.begin(), native.packages.end(), "pkg-config") == native.packages.end())
        native.packages.emplace_back("pkg-config");
    }
    const bool shared = row == nullptr || row->form != LinkForm::nothing;
    if (shared && !native.linking.dynamic) {
      native.linking.dynamic = true;
      native.linking.reason =
          fmt::format("{} links as a shared library", base::one_line(dependency.name, 60));
    }
  }
}

}  // namespace

base::Status detect_meson(base::Files& files, const std::string& root, const DetectOptions& options,
                          model::Project& project) {
  CRT_ASSIGN(const MesonBuild build, read_meson(files, root));
  project.module = build.project;
  if (!build.project.empty())
    project.evidence.push_back({fmt::format("module: {}", build.project), "meson.build", build.project_line});
  std::vector<const MesonTarget*> executables;
  std::vector<NativeProgram> programs;
  for (const auto& target : build.targets) {
    if (!target.executable) continue;
    executables.push_back(&target);
    programs.push_back({.name = target.name,
                        .file = target.file,
                        .line = target.line,
                        .preferred = target.installed,
                        .side = target.tested || is_side_name(target.name) || is_side_path(target.folder)});
  }
  const auto chosen = choose_program(
      programs, options.main, build.project,
      [&](std::size_t number) {
        return native_serves(source_of(files, root, build, *executables[number]), {});
      },
      project);
  if (!chosen) return {};
  const MesonTarget& target = *executables[*chosen];
  const SourceProgram source = source_of(files, root, build, target);
  set_c_family(target.sources, project);
  model::NativeProject native;
  native.build = model::NativeProject::Build::meson;
  native.target = target.name;
  native.file_name = target.name;
  native.cxx = project.language == "c++" ||
               std::find(build.languages.begin(), build.languages.end(), "cpp") != build.languages.end();
  if (!build.standard.empty()) {
    project.version = build.standard;
    project.version_source = "C++ standard";
    project.evidence.push_back(
        {fmt::format("version: C++{}", build.standard), "meson.build", build.project_line});
    if (build.standard == "23" || build.standard == "26")
      native.newer_system =
          fmt::format("C++{} is asked for, of which Debian 12's GCC 12 has a part", build.standard);
  }
  native.downloads = files.kind(root + "/subprojects") == base::FileKind::directory;
  set_packages(build, target, project, native);
  look_into_source(files, root, source, {}, project);
  for (const auto& file : source.files()) project.kept_files.push_back(file.path);
  project.native_build = std::move(native);
  return {};
}

}  // namespace crtune::project
