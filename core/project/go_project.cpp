#include "core/project/go_project.hpp"

#include "core/project/go_calls.hpp"
#include "core/project/go_command.hpp"
#include "core/project/go_dependencies.hpp"
#include "core/project/go_evaluator.hpp"
#include "core/project/go_mains.hpp"
#include "core/project/go_module.hpp"
#include "core/project/go_port.hpp"
#include "core/project/path_pattern.hpp"
#include "core/project/runtime_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace crtune::project {

using base::FileKind;

namespace {

// Go files without go.mod: a workspace, or nothing that can be built reproducibly.
void refuse_without_module(base::Files& files, const std::string& root, model::Project& project) {
  const auto workspace = files.read(root + "/go.work", 1U << 20U);
  if (!workspace) {
    project.refusal = "there are Go files, but no go.mod";
    project.hint = "run `go mod init` first";
    return;
  }
  std::string members;
  for (const auto& use : parse_go_mod(*workspace).uses) members += (members.empty() ? "" : ", ") + use;
  project.refusal = "this is a workspace (go.work), not a module";
  project.hint = fmt::format("run init in one of its modules: {}", members);
}

// The files that the build needs, those that //go:embed names too: .dockerignore must not hide them.
void find_embedded(base::Files& files, const std::string& root, const std::vector<const GoPackage*>& packages,
                   model::Project& project) {
  std::set<std::string> kept;
  // Source in a folder such as bin/ is no leftover of a build.
  for (const auto* package : packages)
    for (const auto& file : package->files) kept.insert(file.path);
  for (const auto* package : packages) {
    if (package->vendored) continue;
    for (const auto& file : package->files)
      for (const auto& embed : file.embeds) {
        const auto found = expand_pattern(files, root, join_path(package->folder, embed.pattern));
        if (found.empty() && !package->folder.starts_with(".."))
          project.notes.push_back(
              fmt::format("{}:{}: //go:embed {} matches no file here; whatever makes them must run before "
                          "the image is built",
                          file.path, embed.line, embed.pattern));
        for (const auto& path : found)
          for (auto& entry : files_below(files, root, path, 20'000)) kept.insert(std::move(entry));
      }
  }
  project.kept_files.assign(kept.begin(), kept.end());
}

void note_address(const PortFinding& finding, model::Project& project) {
  if (finding.port.loopback && finding.listener != nullptr)
    project.notes.push_back(fmt::format(
        "{}:{} listens on this host only; Cloud Run connects from outside, so listen on all addresses",
        finding.listener->place.file, finding.listener->place.line));
  if (finding.port.source == model::PortSource::none)
    project.notes.push_back(
        fmt::format("the port was not found in the source ({}:{}); 8080 is assumed, --port says it",
                    finding.place.file, finding.place.line));
}

void look_into(base::Files& files, const std::string& root, GoProgram& program, const GoMod& mod,
               model::Project& project) {
  const std::string folder = *project.main;
  const std::string start = folder == "." ? mod.module : mod.module + "/" + folder;
  const auto reached = program.reach(start);
  GoEvaluator evaluator(program, reached);
  const auto calls = live_calls(reached);
  const auto listeners = find_listeners(calls, evaluator);
  const PortFinding finding = choose_port(listeners, calls, evaluator);
  // Where another listener is named after gRPC, the chosen one is not it.
  const bool apart_from_grpc = finding.listener != nullptr && !finding.listener->says_grpc &&
                               std::any_of(listeners.begin(), listeners.end(),
                                           [](const auto& listener) { return listener.says_grpc; });
  const bool over_http = apart_from_grpc || serves_over_http(listeners, calls);
  find_embedded(files, root, reached, project);
  find_frameworks(reached, calls, over_http, project);
  find_cgo(reached, mod, project);
  if (!serves(listeners)) {
    project.kind = model::ServiceKind::cli;
    project.framework.clear();
    if (project.refusal.empty()) {
      project.refusal =
          fmt::format("{} never listens: it is a command or a job, not a service", package_argument(folder));
      project.hint =
          "a service must listen on a port; if it does so in a library, Cloud Run jobs or a Dockerfile by "
          "hand fit better";
    }
    return;
  }
  project.kind = model::ServiceKind::service;
  project.port = finding.port;
  project.evidence.push_back({fmt::format("port: {}", finding.fact), finding.place.file, finding.place.line});
  note_address(finding, project);
  find_command(reached, calls, project);
  find_runtime_files(files, root, calls, evaluator, project);
}

}  // namespace

base::Status detect_go(base::Files& files, const std::string& root, const DetectOptions& options,
                       model::Project& project) {
  if (files.kind(root + "/go.mod") != FileKind::regular) {
    refuse_without_module(files, root, project);
    return {};
  }
  CRT_ASSIGN(const GoMod mod, read_go_module(files, root, project));
  std::vector<GoProgram::Module> modules = {{mod.module, "."}};
  for (const auto& module : project.local_modules) modules.push_back({module.path, module.folder});
  CRT_ASSIGN(GoProgram program, GoProgram::load(files, root, modules));
  choose_main(program, mod, options.main, project);
  if (project.main) look_into(files, root, program, mod, project);
  return {};
}

}  // namespace crtune::project
