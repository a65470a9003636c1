#include "core/project/go_project.hpp"

#include "core/project/go_build_flags.hpp"
#include "core/project/go_calls.hpp"
#include "core/project/go_cgo.hpp"
#include "core/project/go_command.hpp"
#include "core/project/go_dependencies.hpp"
#include "core/project/go_embed.hpp"
#include "core/project/go_evaluator.hpp"
#include "core/project/go_inputs.hpp"
#include "core/project/go_mains.hpp"
#include "core/project/go_module.hpp"
#include "core/project/go_port.hpp"
#include "core/project/go_private.hpp"
#include "core/project/go_workspace.hpp"
#include "core/project/runtime_files.hpp"

#include <fmt/format.h>

#include <algorithm>

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
  project.refusal = "this is a workspace (go.work), and none of its modules is a service";
  project.hint = fmt::format("its modules: {}", fmt::join(parse_go_mod(*workspace).uses, ", "));
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
  find_cgo(files, root, reached, mod, project);
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
  find_link_variables(files, root, reached, project);
  find_build_inputs(files, root, program, reached, project);
}

// In a workspace its go line decides, and is at least that of every member.
void take_go_line(const GoWorkspace& workspace, model::Project& project) {
  if (workspace.go.empty()) return;
  project.go_line = workspace.go;
  project.evidence.push_back({fmt::format("go line: {}", workspace.go), workspace.file, workspace.go_line});
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
  find_build_tags(files, root, project);
  find_private_modules(files, root, mod, project);
  CRT_ASSIGN(GoProgram program, GoProgram::load(files, root, modules, project.build_tags));
  if (const auto workspace = find_workspace(files, root)) {
    CRT_TRY(add_workspace_modules(*workspace, program, project));
    if (project.workspace) take_go_line(*workspace, project);
  }
  choose_main(program, mod, options.main, project);
  if (project.main) look_into(files, root, program, mod, project);
  return {};
}

}  // namespace crtune::project
