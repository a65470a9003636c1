#include "core/base/path.hpp"
#include "core/generate/dockerfiles.hpp"
#include "core/generate/listening.hpp"
#include "core/generate/node_install.hpp"
#include "core/generate/quoting.hpp"
#include "core/generate/releases.hpp"
#include "core/generate/static_image.hpp"
#include "core/generate/template.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {

using base::join_path;

namespace {

struct NodeImages {
  std::string build;
  std::string build_comment;
  std::string last;
  std::string last_comment;
  bool outside_path = false;
};

NodeImages images_of(const model::Project& project, const GenerateOptions& options) {
  const Release* named = find_release("node", project.version);
  const std::string major(project.version.substr(0, project.version.find('.')));
  const bool too_old = named == nullptr && !major.empty() && major.size() < 3 && major < "18";
  const Release& chosen = too_old ? oldest_supported("node") : preferred_release("node");
  const std::string version = major.empty() || too_old ? std::string(chosen.version) : major;
  NodeImages out;
  out.build_comment =
      too_old ? fmt::format("The project allows Node.js {}; {} is the oldest that gets security fixes ({}).",
                            project.version, version, kReleasesDate)
              : release_comment("node", "Node.js", project.version);
  const bool compiles = project.node->has_native_modules;
  out.build = fmt::format("node:{}-bookworm{}", version, compiles ? "" : "-slim");
  if (compiles) out.build_comment += " With compilers, for packages that are built where they are installed.";
  const Release* release = find_release("node", version);
  if (options.base == BaseImage::distroless && release != nullptr && release->has_distroless) {
    out.last = fmt::format("gcr.io/distroless/nodejs{}-debian13:nonroot", version);
    out.last_comment = "node, its libraries and certificates; no shell and no package manager to attack.";
    out.outside_path = true;
    return out;
  }
  out.last = fmt::format("node:{}-bookworm-slim", version);
  out.last_comment =
      options.base == BaseImage::debian_slim
          ? "Debian with node and a shell, for a look inside; larger, and more to keep patched."
          : fmt::format("There is no distroless image of Node.js {} that is kept up to date.", version);
  return out;
}

base::Status add_copy(const std::vector<std::string>& paths, const std::string& flags,
                      std::vector<std::string>& lines) {
  const auto line = copy_arguments(paths);
  if (!line)
    return base::fail(base::ErrorCode::usage,
                      fmt::format("the path {} cannot be named in a Dockerfile", paths.front()));
  lines.push_back(flags + *line);
  return {};
}

// package.json, the lock file, and in a workspace the manifests of all its packages.
base::Result<std::vector<std::string>> manifest_copies(const model::NodeProject& node) {
  std::vector<std::string> lines;
  std::vector<std::string> own = {"package.json"};
  if (!node.lock_file.empty()) own.push_back(node.lock_file);
  own.insert(own.end(), node.settings.begin(), node.settings.end());
  own.emplace_back("./");
  CRT_TRY(add_copy(own, "", lines));
  for (const auto& folder : node.manifests)
    CRT_TRY(add_copy({folder + "/package.json", folder + "/"}, "", lines));
  return lines;
}

// Files go together, a folder into one of its name.
base::Status copy_from_context(const model::NodeProject& node, const std::vector<std::string>& folders,
                               std::vector<std::string>& lines) {
  std::vector<std::string> files;
  for (const auto& path : node.copied) {
    const bool folder = std::find(folders.begin(), folders.end(), path) != folders.end();
    const std::string source = join_path(node.workspace_folder, path);
    if (folder)
      CRT_TRY(add_copy({source + "/", "./" + path + "/"}, "", lines));
    else
      files.push_back(source);
  }
  if (files.empty()) return {};
  files.emplace_back("./");
  return add_copy(files, "", lines);
}

// What the final image holds.
base::Result<std::vector<std::string>> final_copies(const model::NodeProject& node,
                                                    const NodeInstall& install) {
  std::vector<std::string> lines;
  const std::string place = join_path("/app", node.workspace_folder);
  const std::string from = "--from=build ";
  if (node.next_standalone) {
    // Next.js writes its cache of pages and images below .next.
    CRT_TRY(add_copy({place + "/.next/standalone/", "/app/"}, from + "--chown=65532:65532 ", lines));
    CRT_TRY(add_copy({place + "/.next/static/", "./.next/static/"}, from, lines));
    if (std::find(node.copied.begin(), node.copied.end(), "public") != node.copied.end())
      CRT_TRY(add_copy({place + "/public/", "./public/"}, from, lines));
    return lines;
  }
  if (install.deploys) {
    CRT_TRY(add_copy({"/deploy/", "./"}, from, lines));
    return lines;
  }
  if (node.workspace_root != ".") {
    // Packages of the workspace are links into its folders.
    CRT_TRY(add_copy({"/app/", "/app/"}, from, lines));
    return lines;
  }
  if (node.has_dependencies || node.keeps_tools)
    CRT_TRY(add_copy({place + "/node_modules/", "./node_modules/"}, from, lines));
  for (const auto& folder : node.built)
    CRT_TRY(add_copy({join_path(place, folder) + "/", "./" + folder + "/"}, from, lines));
  CRT_TRY(copy_from_context(node, node.copied_folders, lines));
  return lines;
}

std::string entrypoint(const model::NodeProject& node) {
  std::vector<std::string> words = {"node"};
  words.insert(words.end(), node.flags.begin(), node.flags.end());
  words.push_back(node.entry);
  words.insert(words.end(), node.arguments.begin(), node.arguments.end());
  return joined_json(words);
}

void set_build(const model::NodeProject& node, const NodeInstall& install, TemplateValues& values) {
  TemplateValues::Items setup;
  if (!install.setup.empty())
    setup.emplace_back().set("comment", install.setup_comment).set("command", install.setup);
  values.set_items("setup", std::move(setup));
  values.set("cache", install.cache).set("install", install.install);
  const bool needs_source = !install.steps.empty() || node.workspace_root != ".";
  values.set_flag("compile", needs_source).set_texts("steps", install.steps);
  values.set_flag("source_first", node.installs_with_source)
      .set_flag("source_last", !node.installs_with_source);
}

// A page for browsers: built here, served by nginx.
base::Result<GeneratedFile> page_dockerfile(const model::NodeProject& node, const Listening& where,
                                            TemplateValues values) {
  values.set("final_image", std::string(kStaticImage)).set("final_comment", std::string(kStaticComment));
  values.set("folder", join_path(join_path("/app", node.workspace_folder), node.static_folder));
  values.set_texts("configuration", static_server_lines(where.port, node.single_page));
  CRT_ASSIGN(std::string text, render_embedded("docker/node/Dockerfile.static", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

bool can_be_carried(const model::NodeProject& node) {
  std::string script = node.build_script;
  std::replace(script.begin(), script.end(), ':', '-');
  return is_plain(node.workspace_folder) && is_plain(script) && is_plain(node.static_folder) &&
         (is_plain(node.package_name) || node.workspace_root == ".");
}

}  // namespace

base::Result<GeneratedFile> node_dockerfile(const model::Project& project, const GenerateOptions& options) {
  const auto& node = *project.node;
  if (options.base == BaseImage::scratch && node.static_folder.empty())
    return base::fail(base::ErrorCode::usage, "node needs a C library: --base static does not fit", {},
                      "--base distroless or debian-slim");
  if (!can_be_carried(node))
    return base::fail(base::ErrorCode::usage, "a name in package.json cannot be carried by a Dockerfile");
  const NodeImages images = images_of(project, options);
  const NodeInstall install = node_install(node);
  CRT_ASSIGN(const auto manifests, manifest_copies(node));
  TemplateValues values;
  values.set_optional("context_above", node.workspace_root == "." ? "" : node.workspace_root);
  values.set("build_image", images.build)
      .set("image_comment", images.build_comment)
      .set("service", options.service);
  values.set_texts("manifests", manifests);
  set_build(node, install, values);
  const Listening where = listening(project, options);
  values.set("port", std::to_string(where.port));
  if (!node.static_folder.empty()) return page_dockerfile(node, where, std::move(values));
  TemplateValues::Items prune;
  if (!install.prune.empty()) prune.emplace_back().set("command", install.prune);
  values.set_items("prune", std::move(prune)).set_optional("arguments", joined_json(where.arguments));
  CRT_ASSIGN(const auto copies, final_copies(node, install));
  values.set_flag("build_stage", node.has_dependencies || !install.steps.empty() || node.keeps_tools);
  values.set("final_image", images.last)
      .set("final_comment", images.last_comment)
      .set_flag("path", images.outside_path);
  values.set_flag("hostname", project.framework == "next");
  const bool whole = node.workspace_root != "." && !install.deploys;
  values.set("workdir", whole || node.next_standalone ? join_path("/app", node.workspace_folder) : "/app");
  values.set_texts("copies", copies).set("entrypoint", entrypoint(node));
  set_image_environment(where, values);
  CRT_ASSIGN(std::string text, render_embedded("docker/node/Dockerfile", values));
  return GeneratedFile{"Dockerfile", std::move(text)};
}

}  // namespace crtune::generate
