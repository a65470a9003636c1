#include "core/generate/go_build_stage.hpp"

#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/quoting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::generate {

using base::join_path;

namespace {

constexpr std::string_view kNodeVersion = "24";  // where the project names none: the newest with long support

struct Manager {
  std::string_view name;
  std::string_view setup;  // a command, where the node image lacks the manager
  std::string_view cache;
  std::string_view install;         // with a lock file
  std::string_view install_freely;  // without
  std::string_view build;
};
constexpr std::array<Manager, 5> kManagers = {{
    {"npm", "", "/root/.npm", "npm ci --no-audit --no-fund", "npm install --no-audit --no-fund",
     "npm run build"},
    {"pnpm", "npm install --global corepack && corepack enable pnpm", "/root/.local/share/pnpm/store",
     "pnpm install --frozen-lockfile", "pnpm install", "pnpm run build"},
    {"yarn", "", "/usr/local/share/.cache/yarn", "yarn install --frozen-lockfile", "yarn install",
     "yarn run build"},
    {"yarn-berry", "npm install --global corepack && corepack enable yarn", "/root/.yarn/berry/cache",
     "yarn install --immutable", "yarn install", "yarn run build"},
    {"bun", "npm install --global bun", "/root/.bun/install/cache", "bun install --frozen-lockfile",
     "bun install", "bun run build"},
}};

const Manager& manager_of(const model::FrontEnd& front_end) {
  const auto* found = std::find_if(kManagers.begin(), kManagers.end(), [&front_end](const Manager& manager) {
    return manager.name == front_end.manager;
  });
  return found == kManagers.end() ? kManagers.front() : *found;
}

std::string stage_name(std::size_t index) {
  return index == 0 ? "web" : fmt::format("web{}", index + 1);
}

base::Result<std::string> copy_line(const std::vector<std::string>& paths) {
  if (auto line = copy_arguments(paths)) return *std::move(line);
  return base::fail(base::ErrorCode::usage,
                    fmt::format("the path {} cannot be named in a Dockerfile", paths.front()));
}

base::Result<TemplateValues> front_end_stage(const model::FrontEnd& front_end, const BuildContext& context,
                                             const std::string& stage) {
  const Manager& manager = manager_of(front_end);
  const std::string folder = join_path(context.module_folder, front_end.folder);
  const std::string output = join_path(context.module_folder, front_end.output);
  if (!is_plain(folder) || !is_plain(output))
    return base::fail(base::ErrorCode::usage,
                      fmt::format("the folder {} cannot be named in a Dockerfile", folder));
  std::vector<std::string> manifests = {join_path(folder, "package.json")};
  if (!front_end.lock_file.empty()) manifests.push_back(join_path(folder, front_end.lock_file));
  for (const auto& extra : front_end.extras) manifests.push_back(join_path(folder, extra));
  manifests.emplace_back("./");
  CRT_ASSIGN(std::string manifest_line, copy_line(manifests));
  CRT_ASSIGN(std::string source_line, copy_line({folder + "/", "./"}));
  TemplateValues values;
  const std::string version = front_end.version.empty() ? std::string(kNodeVersion) : front_end.version;
  values.set("comment", fmt::format("//go:embed takes in {}, which this build makes.", output));
  values.set("image", fmt::format("node:{}-bookworm-slim", version)).set("stage", stage);
  values.set("folder", "/src/" + folder).set_optional("setup", std::string(manager.setup));
  values.set("manifests", std::move(manifest_line)).set("cache", std::string(manager.cache));
  values.set("install", std::string(front_end.lock_file.empty() ? manager.install_freely : manager.install));
  values.set("source", std::move(source_line)).set("build", std::string(manager.build));
  return values;
}

base::Status set_front_ends(const model::Project& project, const BuildContext& context,
                            TemplateValues& values) {
  TemplateValues::Items stages;
  TemplateValues::Items outputs;
  for (std::size_t i = 0; i < project.front_ends.size(); ++i) {
    const auto& front_end = project.front_ends[i];
    CRT_ASSIGN(auto stage, front_end_stage(front_end, context, stage_name(i)));
    stages.push_back(std::move(stage));
    const std::string output = join_path(context.module_folder, front_end.output);
    TemplateValues item;
    item.set("stage", stage_name(i)).set("from", "/src/" + output + "/").set("to", output + "/");
    outputs.push_back(std::move(item));
  }
  values.set_items("front_ends", std::move(stages)).set_items("front_end_outputs", std::move(outputs));
  return {};
}

std::string link_flags(const model::Project& project) {
  std::string flags;
  for (const auto& variable : project.link_variables) {
    const bool quoted = !is_plain(variable.value) || variable.value.empty();
    flags += quoted ? fmt::format(" -X '{}={}'", variable.symbol, variable.value)
                    : fmt::format(" -X {}={}", variable.symbol, variable.value);
  }
  if (project.cgo && !project.native.dynamic) flags += " -linkmode external -extldflags=-static";
  return flags;
}

std::vector<std::string> one_text(const std::vector<std::string>& packages) {
  if (packages.empty()) return {};
  return {fmt::format("{}", fmt::join(packages, " "))};
}

void set_arguments(const model::Project& project, TemplateValues& values) {
  std::vector<std::string> lines;
  for (const auto& argument : project.build_arguments)
    lines.push_back(argument.initial.empty() ? argument.name : argument.name + "=" + argument.initial);
  std::string names;
  for (const auto& argument : project.build_arguments)
    names += fmt::format("{}--build-arg {}=...", names.empty() ? "" : " ", argument.name);
  values.set_optional(
      "argument_comment",
      lines.empty() ? ""
                    : fmt::format("The project's own build finds these out; here they are given: {}", names));
  values.set_texts("build_arguments", lines);
}

}  // namespace

base::Result<FinalImage> go_final_image(const model::Project& project, BaseImage wanted) {
  const bool dynamic = project.cgo && project.native.dynamic;
  if (dynamic && wanted == BaseImage::scratch)
    return base::fail(
        base::ErrorCode::usage,
        fmt::format("an empty image cannot hold the shared libraries that the program needs: {}",
                    project.native.reason),
        {}, "leave --base static out");
  if (dynamic && !project.native.run_packages.empty())
    return FinalImage{
        .name = "debian:bookworm-slim",
        .comment = "Debian, because the program needs shared libraries that distroless images lack.",
        .packages = one_text(project.native.run_packages)};
  if (wanted == BaseImage::scratch)
    return FinalImage{.name = "scratch",
                      .comment = "An empty image: the program and the files below are all there is.",
                      .is_empty = true};
  if (wanted == BaseImage::debian_slim)
    return FinalImage{.name = "debian:bookworm-slim",
                      .comment = "Debian with a shell, for a look inside; larger, and more to keep patched."};
  if (dynamic && project.native.cxx)
    return FinalImage{
        .name = "gcr.io/distroless/cc-debian12:nonroot",
        .comment = "glibc and the C++ library beside certificates, time zones and a user; no shell.",
        .has_certificates = true};
  if (dynamic)
    return FinalImage{
        .name = "gcr.io/distroless/base-debian12:nonroot",
        .comment = "glibc beside certificates, time zones and a user; no shell and no package manager.",
        .has_certificates = true};
  return FinalImage{
      .name = "gcr.io/distroless/static-debian12:nonroot",
      .comment = "Certificates, time zones, a user and /tmp; no shell and no package manager to attack.",
      .has_certificates = true};
}

base::Status set_build_settings(const model::Project& project, const BuildContext& context,
                                TemplateValues& values) {
  const bool dynamic = project.cgo && project.native.dynamic;
  values.set_flag("pure_go", !project.cgo).set_flag("cgo_fixed", project.cgo && !dynamic);
  values.set_optional("cgo_dynamic", dynamic ? project.native.reason : "");
  values.set("cgo", project.cgo ? "1" : "0").set("no_workspace", project.workspace ? "" : " GOWORK=off");
  values.set_texts("build_packages", one_text(project.native.build_packages));
  values.set_optional("private", project.private_modules).set_flag("netrc", !project.private_modules.empty());
  values.set("tags",
             project.build_tags.empty() ? "" : fmt::format(" -tags={}", fmt::join(project.build_tags, ",")));
  values.set("link_flags", link_flags(project));
  set_arguments(project, values);
  return set_front_ends(project, context, values);
}

}  // namespace crtune::generate
