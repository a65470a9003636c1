#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/generate.hpp"
#include "core/generate/go_build_stage.hpp"
#include "core/generate/go_image.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {

using base::join_path;

namespace {

std::string in_context(const BuildContext& context, const std::string& path) {
  return join_path(context.module_folder, path);
}

// `COPY` of go.mod and go.sum, and of each local module's go.mod, which `go mod download` reads.
base::Result<std::vector<std::string>> module_files(const model::Project& project,
                                                    const BuildContext& context) {
  std::vector<std::string> lines;
  const auto add = [&lines](const std::vector<std::string>& paths) -> base::Status {
    auto line = copy_arguments(paths);
    if (!line)
      return base::fail(base::ErrorCode::usage,
                        fmt::format("the path {} cannot be named in a Dockerfile", paths.front()));
    lines.push_back(*std::move(line));
    return {};
  };
  const std::string folder = context.module_folder == "." ? "./" : context.module_folder + "/";
  std::vector<std::string> own = {in_context(context, "go.mod")};
  if (project.has_sum) own.push_back(in_context(context, "go.sum"));
  own.push_back(folder);
  CRT_TRY(add(own));
  if (project.workspace) {
    const std::string place = in_context(context, project.workspace->folder);
    std::vector<std::string> work = {join_path(place, "go.work")};
    if (project.workspace->has_sum) work.push_back(join_path(place, "go.work.sum"));
    work.push_back(place == "." ? "./" : place + "/");
    CRT_TRY(add(work));
  }
  // Every member of a workspace must be there, with its sums.
  for (const auto& module : project.workspace ? project.workspace->members : project.local_modules) {
    const std::string path = in_context(context, module.folder);
    std::vector<std::string> files = {path + "/go.mod"};
    if (project.workspace && module.has_sum) files.push_back(path + "/go.sum");
    files.push_back(path + "/");
    CRT_TRY(add(files));
  }
  return lines;
}

// Where the program runs: /app, or a folder below it when the program opens files above its own.
std::string working_folder(const model::Project& project) {
  const bool climbs = std::any_of(project.runtime_files.begin(), project.runtime_files.end(),
                                  [](const auto& file) { return file.opened.starts_with("../"); });
  return climbs ? join_path("/app", project.main.value_or(".")) : "/app";
}

// The destination of one COPY; a pattern's files go into the folder in front of it.
std::vector<std::string> copy_of(const model::RuntimeFile& file, const BuildContext& context,
                                 const std::string& workdir) {
  std::string source = in_context(context, file.path);
  std::string target = join_path(workdir, file.opened);
  const std::size_t star = source.find_first_of("*?[");
  if (file.folder) return {source + "/", target + "/"};
  const std::size_t slash = source.find('/', star == std::string::npos ? source.size() : star);
  if (slash !=
      std::string::npos) {  // a pattern for folders: all below the fixed part, so that none is flattened
    source.resize(source.rfind('/', star) == std::string::npos ? 0 : source.rfind('/', star));
    target.resize(target.rfind('/', target.find_first_of("*?[")));
    return {source.empty() ? "./" : source + "/", target + "/"};
  }
  return {source, target.substr(0, target.rfind('/')) + "/"};
}

base::Result<std::vector<std::string>> runtime_copies(const model::Project& project,
                                                      const BuildContext& context,
                                                      const std::string& workdir) {
  std::vector<std::string> lines;
  for (const auto& file : project.runtime_files) {
    const auto line = copy_arguments(copy_of(file, context, workdir));
    if (!line)
      return base::fail(
          base::ErrorCode::usage,
          fmt::format("the program opens {}, a name that a Dockerfile cannot carry", file.path));
    if (std::find(lines.begin(), lines.end(), *line) == lines.end()) lines.push_back(*line);
  }
  return lines;
}

std::string mod_flag(const model::Project& project) {
  if (project.workspace) return "";  // the go command takes no -mod there
  // Before go 1.14 the go command ignores vendor/ unless it is told.
  const bool old = project.go_line.empty() || version_less(project.go_line, "1.14");
  if (project.vendored) return old ? " -mod=vendor" : "";
  // Without go.sum only this lets the build look up what it needs.
  return project.needs_sum && !project.has_sum ? " -mod=mod" : "";
}

}  // namespace

base::Result<GeneratedFile> go_dockerfile(const model::Project& project, const GenerateOptions& options) {
  CRT_ASSIGN(const BuildContext context, build_context(project, options));
  CRT_ASSIGN(const auto module_lines, module_files(project, context));
  const std::string workdir = working_folder(project);
  CRT_ASSIGN(const auto copies, runtime_copies(project, context, workdir));
  const std::string main = project.main.value_or(".");
  const std::string package = main == "." ? "." : "./" + main;
  if (!is_plain(package) || !is_plain(context.module_folder))
    return base::fail(base::ErrorCode::usage,
                      fmt::format("the folder {} cannot be named in a Dockerfile", package));
  const GoImage image = choose_go_image(project.version, project.go_line);
  CRT_ASSIGN(const FinalImage last, go_final_image(project, options.base));
  const Listening where = listening(project, options);
  const bool above = context.folder != ".";
  TemplateValues values;
  values.set_flag("context_above", above)
      .set("context", context.folder)
      .set("context_argument", context.folder);
  values.set("context_reason", project.workspace ? "go.work joins this module with folders beside it"
                                                 : "go.mod replaces modules by folders beside this one");
  values.set("dockerfile", "Dockerfile")
      .set_optional("image_comment", image.comment)
      .set("build_image", image.name);
  values.set_flag("download", !project.vendored).set_texts("module_files", module_lines);
  values.set_optional("module_folder", above ? "/src/" + context.module_folder : "");
  values.set_flag("vendored", project.vendored).set("mod_flag", mod_flag(project));
  values.set("binary", options.service).set("package", package).set("service", options.service);
  CRT_TRY(set_build_settings(project, context, values));
  values.set_flag("static", last.is_empty);
  values.set_optional("final_comment", std::string(last.comment)).set("final_image", std::string(last.name));
  values.set_optional("source", is_plain(project.module) ? source_url(project.module) : "");
  values.set("base_name", std::string(last.name));
  values.set_texts("run_packages", last.packages);
  values.set_flag("certificates", !last.has_certificates);
  values.set_flag("zones", project.uses_time_zones && !last.has_certificates);
  values.set("workdir", workdir).set_texts("runtime_files", copies).set("port", std::to_string(where.port));
  values.set_optional("arguments", joined_json(where.arguments));
  set_image_environment(where, values);
  CRT_ASSIGN(std::string text, render_embedded("docker/go/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
