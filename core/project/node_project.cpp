#include "core/project/node_project.hpp"

#include "core/base/path.hpp"
#include "core/project/node_entry.hpp"
#include "core/project/node_frameworks.hpp"
#include "core/project/node_workspace.hpp"
#include "core/project/path_pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace crtune::project {

using base::FileKind;

namespace {

// What the program is made of, as files and folders at the top of the project.
void find_copied(const ScriptTree& tree, const NodeProgram& program, const NodeEntry& entry,
                 model::Project& project) {
  auto& node = *project.node;
  std::set<std::string> copied(node.copied.begin(), node.copied.end());
  for (const auto* file : program.files) project.kept_files.push_back(file->path);
  for (const auto& file : project.runtime_files)
    for (auto& path : files_below(tree.files(), tree.root(), file.path, 5000))
      project.kept_files.push_back(std::move(path));
  const bool is_built = !entry.build_script.empty();
  if (is_built) {
    node.built = {entry.folders.built_to.empty() ? entry.run.substr(0, entry.run.find('/'))
                                                 : entry.folders.built_to};
  } else {
    for (const auto* file : program.files) copied.insert(file->path.substr(0, file->path.find('/')));
  }
  copied.insert(entry.keeps_tools ? "tsconfig.json" : "package.json");
  copied.insert("package.json");
  // Modules that are loaded by names made up at run time: all folders with source.
  if (program.opaque && !is_built) {
    static constexpr auto kEndings = std::to_array<std::string_view>({".js", ".mjs", ".cjs", ".json"});
    for (const auto& path : tree.find(kEndings, ".", 4))
      if (path.find('/') != std::string::npos) copied.insert(path.substr(0, path.find('/')));
  }
  for (const auto& file : project.runtime_files) copied.insert(file.path.substr(0, file.path.find('/')));
  node.copied.clear();
  for (const auto& path : copied)
    if (tree.kind(path) != FileKind::absent &&
        std::find(node.built.begin(), node.built.end(), path) == node.built.end())
      node.copied.push_back(path);
}

// Process 1 gets no default action for SIGTERM: without a handler it is killed ten seconds later.
void note_signals(const NodeProgram& program, model::Project& project) {
  const bool handled = std::any_of(program.files.begin(), program.files.end(), [](const ScriptFile* file) {
    // close-with-grace and terminus are packages that do it.
    return file->text->find("SIGTERM") != std::string::npos ||
           file->text->find("close-with-grace") != std::string::npos ||
           file->text->find("terminus") != std::string::npos;
  });
  if (handled || project.framework == "nest") return;
  project.notes.emplace_back(
      "no source handles SIGTERM: as process 1 node ignores it, and Cloud Run kills it ten seconds later; "
      "process.on(\"SIGTERM\", () => server.close()) finishes open requests and ends at once");
}

void look_into(ScriptTree& tree, const NodeEntry& entry, model::Project& project) {
  auto& node = *project.node;
  const NodeProgram program = reach_node_program(tree, entry.source);
  const auto listener = find_node_listener(program);
  const bool fixed = !node.entry.empty();  // by a framework: only its source is looked at
  if (!fixed) {
    node.entry = entry.run;
    node.flags = entry.flags;
    node.build_script = entry.build_script;
    node.keeps_tools = entry.keeps_tools;
    project.main = entry.run;
    project.evidence.push_back({fmt::format("main: {}, {}", entry.run, entry.fact),
                                entry.line > 0 ? "package.json" : entry.source,
                                entry.line > 0 ? entry.line : 1});
  }
  if (listener || (!project.framework.empty() && !fixed)) {
    project.kind = model::ServiceKind::service;
    if (project.framework.empty()) project.framework = "node:http";
    const base::Place place = listener ? listener->place : base::Place{.file = entry.source, .line = 1};
    set_port(listener ? listener->port : ScriptPort(), place, project);
    if (listener && listener->grpc) project.protocol = model::Protocol::grpc;
  } else if (!fixed) {
    return;
  }
  note_signals(program, project);
  find_node_files(tree, program, entry.folders, project);
  find_copied(tree, program, entry, project);
}

// What a package without a server is.
void refuse(const ScriptTree& tree, const NodeManifest& manifest, const NodeCommand& command,
            model::Project& project) {
  const bool starts = !command.program.empty();
  const bool has_bin = !manifest.document["bin"].is_null();
  const bool exports = manifest.document.has("exports") || manifest.document.has("module") ||
                       manifest.document.has("types") || (!manifest.text_of("main").empty() && !starts) ||
                       tree.kind("index.js") == FileKind::regular;
  if (project.main && (starts || has_bin)) {
    project.kind = model::ServiceKind::cli;
    project.refusal = fmt::format("{} never listens: it is a command or a job, not a service", *project.main);
    project.hint = "a service must listen on a port; Cloud Run jobs fit better";
    return;
  }
  project.main.reset();
  if (has_bin && !starts) {
    project.kind = model::ServiceKind::cli;
    project.refusal = "package.json has \"bin\" and no start script: this is a command, not a service";
  } else if (exports && !starts) {
    project.kind = model::ServiceKind::library;
    project.refusal = "this package is a library: nothing in it is started";
  } else if (starts) {
    project.refusal = fmt::format("scripts.{} starts {}, and which file that runs is not known",
                                  command.script, command.program);
    project.hint = "name the file with --main, or write scripts.start as node FILE";
  } else if (tree.kind("index.html") == FileKind::regular) {
    project.refusal = "there is neither a start script nor a build, only index.html";
  } else {
    project.refusal = "package.json starts nothing, and no file listens";
    project.hint = "write scripts.start as node FILE, or name the file with --main";
  }
}

// The members of a workspace that are services, for a person to choose from.
base::Result<bool> offer_members(base::Files& files, const ScriptTree& tree, const NodeManifest& manifest,
                                 const DetectOptions& options, model::Project& project) {
  constexpr std::size_t kMost = 60;
  if (options.is_member) return false;
  CRT_ASSIGN(const auto members, workspace_members(tree, manifest, options));
  for (std::size_t i = 0; i < std::min(members.size(), kMost); ++i) {
    model::Project member;
    member.language = "node";
    DetectOptions plain = options;
    plain.main.reset();
    plain.is_member = true;
    if (!detect_node(files, tree.root() + "/" + members[i], plain, member)) continue;
    const bool serves = member.refusal.empty();
    if (!serves) continue;
    project.choices.push_back(members[i]);
    project.evidence.push_back(
        {fmt::format("service: {}, {}", members[i],
                     member.framework.empty() ? "files for browsers" : member.framework),
         members[i] + "/package.json", 1});
  }
  if (project.choices.empty()) return false;
  project.refusal = "this is a workspace of several packages";
  project.hint = fmt::format("run init in one of them: init {}", project.choices.front());
  return true;
}

void find_install_scripts(const NodeManifest& manifest, model::NodeProject& node) {
  for (const char* name : {"preinstall", "install", "postinstall", "prepare"}) {
    const std::string script = manifest.script(name);
    if (script.empty() || script.find("husky") != std::string::npos) continue;
    node.installs_with_source = true;
  }
  node.generates_prisma = manifest.needs("prisma") &&
                          manifest.script("build").find("prisma generate") == std::string::npos &&
                          manifest.script("postinstall").find("prisma generate") == std::string::npos;
}

base::Status choose_entry(base::Files& files, ScriptTree& tree, const NodeManifest& manifest,
                          const DetectOptions& options, model::Project& project) {
  const NodeCommand command = start_command(manifest);
  std::optional<NodeEntry> entry;
  if (options.main) {
    entry = chosen_node_entry(tree, manifest, *options.main);
    if (!entry)
      return base::fail(base::ErrorCode::usage,
                        fmt::format("there is no file '{}' that node can run", *options.main), {},
                        "a path from the project's folder, such as src/server.js");
    entry->fact = "chosen";
  } else {
    if (detect_node_framework(tree, manifest, command, project)) return {};
    entry = find_node_entry(tree, manifest, command);
  }
  if (entry) look_into(tree, *entry, project);
  if (project.kind == model::ServiceKind::service) return {};
  if (!options.main && detect_single_page(tree, manifest, command, project)) return {};
  CRT_ASSIGN(const bool offered, offer_members(files, tree, manifest, options, project));
  if (offered) {
    project.main.reset();
    return {};
  }
  refuse(tree, manifest, command, project);
  return {};
}

}  // namespace

base::Status detect_node(base::Files& files, const std::string& root, const DetectOptions& options,
                         model::Project& project) {
  ScriptTree tree(files, root, ScriptSyntax::javascript);
  CRT_ASSIGN(const NodeManifest manifest, read_node_manifest(tree, ".", options));
  auto& node = project.node.emplace();
  node.package_name = manifest.text_of("name");
  project.module = node.package_name.empty() ? root.substr(root.rfind('/') + 1) : node.package_name;
  find_node_version(tree, manifest, project);
  find_package_manager(tree, manifest, ".", node);
  find_node_dependencies(manifest, node);
  find_install_scripts(manifest, node);
  CRT_TRY(find_workspace_above(files, root, options, node));
  project.framework = node_framework(manifest);
  CRT_TRY(choose_entry(files, tree, manifest, options, project));
  for (const auto& path : node.copied)
    if (tree.kind(path) == FileKind::directory) node.copied_folders.push_back(path);
  const bool installs = node.has_dependencies || !node.build_script.empty();
  if (project.refusal.empty() && node.lock_file.empty() && installs)
    project.notes.emplace_back("there is no lock file: each build installs what is newest on that day");
  if (project.kind != model::ServiceKind::service) project.framework.clear();
  return {};
}

}  // namespace crtune::project
