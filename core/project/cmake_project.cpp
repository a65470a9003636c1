#include "core/base/escape.hpp"
#include "core/project/cmake_build.hpp"
#include "core/project/cmake_presets.hpp"
#include "core/project/debian_packages.hpp"
#include "core/project/native_port.hpp"
#include "core/project/native_programs.hpp"
#include "core/project/native_project.hpp"
#include "core/project/native_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace crtune::project {

using base::FileKind;

namespace {

bool version_above(std::string_view text, unsigned major, unsigned minor) {
  unsigned numbers[2] = {0, 0};
  for (auto& number : numbers) {
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
    if (text.empty() || text.front() != '.') break;
    text.remove_prefix(1);
  }
  return numbers[0] > major || (numbers[0] == major && numbers[1] > minor);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

class CMakeProject {
 public:
  CMakeProject(base::Files& files, const std::string& root, const CMakeBuild& build, model::Project& project)
      : files_(files), root_(root), build_(build), project_(project) {}

  // What a program is made of: its own sources and those of the project's libraries that it links.
  std::vector<const CMakeTarget*> closure(const CMakeTarget& program) const {
    std::vector<const CMakeTarget*> reached = {&program};
    for (std::size_t at = 0; at < reached.size(); ++at)
      for (const auto& link : reached[at]->links)
        for (const auto& target : build_.targets) {
          const auto alias = build_.aliases.find(link);
          const bool same = target.name == (alias == build_.aliases.end() ? link : alias->second);
          if (same && std::find(reached.begin(), reached.end(), &target) == reached.end())
            reached.push_back(&target);
        }
    return reached;
  }

  SourceProgram source(const CMakeTarget& program) const {
    SourceProgram out(SourceLanguage::c_family);
    for (const auto* target : closure(program))
      for (const auto& path : target->sources) {
        std::vector<std::string> folders = {"include", "src", target->folder};
        folders.insert(folders.end(), target->include_folders.begin(), target->include_folders.end());
        out.add(files_, root_, path, folders);
      }
    out.index();
    return out;
  }

  bool links_tests(const CMakeTarget& program) const {
    return std::any_of(program.links.begin(), program.links.end(), [](const std::string& link) {
      const std::string text = lower(link);
      return text.starts_with("gtest") || text.starts_with("gmock") || text.starts_with("catch2") ||
             text.starts_with("doctest") || text.starts_with("benchmark");
    });
  }

  std::vector<const CMakeTarget*> executables() const {
    std::vector<const CMakeTarget*> out;
    for (const auto& target : build_.targets)
      if (target.kind == CMakeTarget::Kind::executable) out.push_back(&target);
    return out;
  }

  // A library of the project's name is installed, and no program of that name: programs are its tools.
  bool is_library() const {
    const auto named = [this](const CMakeTarget& target) {
      return lower(target.name) == lower(build_.project);
    };
    return std::any_of(build_.targets.begin(), build_.targets.end(), [&](const CMakeTarget& target) {
      return target.kind != CMakeTarget::Kind::executable && target.installed && named(target);
    });
  }

  std::vector<NativeProgram> programs() const {
    std::vector<NativeProgram> out;
    for (const auto* target : executables())
      out.push_back({.name = target->name,
                     .file = target->file,
                     .line = target->line,
                     .preferred = target->installed,
                     .side = target->tested || target->excluded || links_tests(*target) ||
                             (is_side_name(target->name) && target->name != build_.project) ||
                             is_side_path(target->folder)});
    return out;
  }

  void set_packages(const CMakeTarget& program, model::NativeProject& native) {
    std::set<std::string> links;
    for (const auto* target : closure(program)) {
      if (target->shared) set_dynamic(native, fmt::format("{} is a shared library", target->name));
      for (const auto& link : target->links) links.insert(lower(link.substr(0, link.find("::"))));
    }
    for (const auto& package : build_.packages) {
      // A package that may be missing is wanted where the program links it.
      if (!package.required && !links.contains(lower(package.name))) {
        note_optional(package);
        continue;
      }
      if (!native.package_manager.empty() && package.name != "Threads") continue;
      add_package(package, native);
    }
    if (std::any_of(build_.packages.begin(), build_.packages.end(),
                    [](const auto& p) { return p.pkg_config; }))
      add(native, "pkg-config");
  }

 private:
  static void set_dynamic(model::NativeProject& native, std::string reason) {
    if (native.linking.dynamic) return;
    native.linking.dynamic = true;
    native.linking.reason = std::move(reason);
  }

  static void add(model::NativeProject& native, std::string_view packages) {
    while (!packages.empty()) {
      const std::size_t end = std::min(packages.find(' '), packages.size());
      const std::string package(packages.substr(0, end));
      packages.remove_prefix(std::min(end + 1, packages.size()));
      if (std::find(native.packages.begin(), native.packages.end(), package) == native.packages.end())
        native.packages.push_back(package);
    }
  }

  void note_optional(const CMakePackage& package) {
    const DebianPackage* row = debian_package(package.name);
    if (row == nullptr || row->packages.empty() || row->form == LinkForm::nothing ||
        is_developers_tool(package.name))
      return;
    project_.notes.push_back(
        fmt::format("{}:{}: {} is optional and left out; what needs it needs {} in the build stage",
                    package.file, package.line, package.name, row->packages));
  }

  void add_package(const CMakePackage& package, model::NativeProject& native) {
    const DebianPackage* row = debian_package(package.name);
    if (row == nullptr) {
      if (has_find_module(package) || is_fetched(package.name) || is_developers_tool(package.name)) return;
      set_dynamic(native, fmt::format("it is not known how {} links", base::one_line(package.name, 60)));
      project_.notes.push_back(
          fmt::format("{}:{}: no Debian package is known for {}: add what provides it to the build stage",
                      package.file, package.line, base::one_line(package.name, 60)));
      return;
    }
    if (row->packages.empty()) return;
    if (is_fetched(package.name)) return;
    project_.evidence.push_back(
        {fmt::format("package: {} is {}", package.name, row->packages), package.file, package.line});
    add(native, row->packages);
    if (row->name == "boost")
      for (const auto& component : package.components) add(native, boost_package(component));
    const bool archive = row->form == LinkForm::archive && !package.pkg_config;
    if (row->form != LinkForm::nothing && !archive)
      set_dynamic(native, fmt::format("Debian's {} links as a shared library", package.name));
    if (archive) native.definitions.emplace_back(row->definition);
  }

  bool is_fetched(const std::string& name) const {
    return std::any_of(build_.fetched.begin(), build_.fetched.end(),
                       [&name](const CMakePackage& fetched) { return lower(fetched.name) == lower(name); });
  }

  // The project brings its own Find<name>.cmake.
  bool has_find_module(const CMakePackage& package) const {
    for (const char* folder : {"cmake", "cmake/modules", "cmake/Modules", "CMake"})
      if (files_.kind(fmt::format("{}/{}/Find{}.cmake", root_, folder, package.name)) == FileKind::regular)
        return true;
    return false;
  }

  base::Files& files_;
  const std::string& root_;
  const CMakeBuild& build_;
  model::Project& project_;
};

void find_package_manager(base::Files& files, const std::string& root, model::Project& project,
                          model::NativeProject& native) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kFiles = {
      {{"vcpkg.json", "vcpkg"}, {"conanfile.txt", "conan"}, {"conanfile.py", "conan"}}};
  for (const auto& [file, manager] : kFiles) {
    if (files.kind(root + "/" + std::string(file)) != FileKind::regular) continue;
    native.package_manager = manager;
    project.evidence.push_back({fmt::format("packages: from {}", manager), std::string(file), 1});
    return;
  }
}

void set_tools(const CMakeBuild& build, const std::optional<CMakePreset>& preset, model::Project& project,
               model::NativeProject& native) {
  native.cxx = build.uses_cxx;
  if (!build.standard.empty()) {
    project.version = build.standard;
    project.version_source = "C++ standard";
    project.evidence.push_back(
        {fmt::format("version: C++{}", build.standard), build.standard_file, build.standard_line});
  }
  if (version_above(build.minimum, 3, 25))
    native.newer_system =
        fmt::format("CMake {} is asked for, Debian 12 has 3.25", base::one_line(build.minimum, 20));
  else if (build.standard == "23" || build.standard == "26")
    native.newer_system =
        fmt::format("C++{} is asked for, of which Debian 12's GCC 12 has a part", build.standard);
  else if (preset && preset->version > 6)
    native.newer_system = "CMakePresets.json is newer than Debian 12's CMake 3.25 reads";
  native.definitions.push_back("BUILD_TESTING=OFF");
  for (const auto& option : build.off_options)
    if (option.size() < 80 &&
        option.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
            std::string::npos)
      native.definitions.push_back(option + "=OFF");
  if (!build.fetched.empty()) {
    native.downloads = true;
    const auto& first = build.fetched.front();
    project.evidence.push_back(
        {fmt::format("downloads: {}{}", first.name, build.fetched.size() > 1 ? " and more" : ""), first.file,
         first.line});
  }
}

}  // namespace

base::Status detect_cmake(base::Files& files, const std::string& root, const DetectOptions& options,
                          model::Project& project) {
  std::optional<CMakePreset> preset;
  if (options.documents != nullptr) preset = release_preset(files, *options.documents, root);
  CRT_ASSIGN(const CMakeBuild build,
             read_cmake(files, root, preset ? preset->variables : std::map<std::string, std::string>()));
  project.module = build.project;
  if (!build.project.empty())
    project.evidence.push_back({fmt::format("module: {}", build.project), build.file, build.project_line});
  if (build.cut_short) project.notes.push_back("the CMake files are too long to be read to their end");
  CMakeProject cmake(files, root, build, project);
  const auto executables = cmake.executables();
  if (!options.main && cmake.is_library()) {
    refuse_library(cmake.programs(), "a tool, an example or a test", project);
    return {};
  }
  const auto chosen = choose_program(
      cmake.programs(), options.main, build.project,
      [&](std::size_t number) { return native_serves(cmake.source(*executables[number]), {}); }, project);
  if (!chosen) return {};
  const CMakeTarget& target = *executables[*chosen];
  const SourceProgram source = cmake.source(target);
  std::vector<std::string> paths;
  for (const auto& file : source.files()) paths.push_back(file.path);
  set_c_family(paths, project);
  model::NativeProject native;
  native.target = target.name;
  native.file_name = target.output_name.empty() ? target.name : target.output_name;
  find_package_manager(files, root, project, native);
  set_tools(build, preset, project, native);
  if (preset) {
    native.preset = preset->name;
    project.evidence.push_back({fmt::format("preset: {}", preset->name), "CMakePresets.json", 1});
  }
  cmake.set_packages(target, native);
  look_into_source(files, root, source, {}, project);
  for (const auto& file : source.files()) project.kept_files.push_back(file.path);
  project.native_build = std::move(native);
  return {};
}

}  // namespace crtune::project
