#include "cli/commands/init_all.hpp"

#include "core/base/path.hpp"
#include "core/generate/generate.hpp"
#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;

struct ServiceReport {
  std::string folder;     // from the folder that init was given
  std::string directory;  // absolute
  InitReport report;
};

// Two folders may lead to one name; Cloud Run knows each name once.
void name_apart(std::vector<ServiceReport>& services) {
  std::map<std::string, std::size_t> count;
  for (const auto& service : services) ++count[service.report.service];
  for (auto& service : services) {
    if (count[service.report.service] < 2 || service.folder == ".") continue;
    std::string path = service.folder;
    std::replace(path.begin(), path.end(), '/', '-');
    service.report.service = generate::service_name(path);
  }
}

base::Result<std::vector<ServiceReport>> prepare_all(const InitOptions& options, base::Files& files,
                                                     const std::string& directory) {
  const platform::ParsedDocuments documents;
  CRT_ASSIGN(const auto folders, project::find_services(files, directory, &documents));
  std::vector<ServiceReport> services;
  for (const auto& folder : folders) {
    ServiceReport service{folder, base::join_path(directory, folder), {}};
    InitOptions own = options.check ? as_written_before(options, files, service.directory) : options;
    own.directory = folder == "." ? options.directory : base::join_path(options.directory, folder);
    CRT_ASSIGN(service.report, prepare_init(own, files, service.directory));
    services.push_back(std::move(service));
  }
  const auto before = services;
  name_apart(services);
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].report.service == before[i].report.service || options.check) continue;
    InitOptions own = options;
    own.directory = base::join_path(options.directory, services[i].folder);
    own.service = services[i].report.service;
    CRT_ASSIGN(services[i].report, prepare_init(own, files, services[i].directory));
  }
  return services;
}

std::string all_json(const std::vector<ServiceReport>& services) {
  std::vector<std::pair<std::string, const InitReport*>> rows;
  rows.reserve(services.size());
  for (const auto& service : services) rows.emplace_back(service.folder, &service.report);
  return init_all_json(rows);
}

void tell(const std::vector<ServiceReport>& services, const InitOptions& options, Context& context) {
  if (options.format == "json") {
    context.out << all_json(services);
  } else {
    for (std::size_t i = 0; i < services.size(); ++i)
      context.out << (i == 0 ? "" : "\n") << "== " << services[i].folder << "\n"
                  << init_text(services[i].report);
  }
  context.out << std::flush;
  for (const auto& service : services)
    for (const auto& note : service.report.project.notes)
      context.reporter.note(service.folder == "." ? note : service.folder + ": " + note);
}

}  // namespace

base::Result<ExitCode> run_init_all(const InitOptions& options, Context& context,
                                    const std::string& directory) {
  CRT_ASSIGN(const auto services, prepare_all(options, context.files, directory));
  if (services.empty())
    return base::fail(ErrorCode::usage, "no service was found in or below this folder",
                      {.file = options.directory}, "run init in one folder to see what it is");
  std::string conflicts;
  std::string refused;
  std::string reason;
  bool drifted = false;
  for (const auto& service : services) {
    const auto& report = service.report;
    drifted = drifted || !report.drift.empty();
    if (report.conflict) conflicts += (conflicts.empty() ? "" : ", ") + service.folder;
    if (report.project.refusal.empty()) continue;
    refused += (refused.empty() ? "" : ", ") + service.folder;
    if (reason.empty()) reason = report.project.refusal;
  }
  const bool writes = !options.dry_run && !options.explain && !options.check && conflicts.empty();
  if (writes)
    for (const auto& service : services)
      if (service.report.project.refusal.empty())
        CRT_TRY(write_planned(service.report, context.files, service.directory));
  tell(services, options, context);
  if (!refused.empty())
    return base::fail(ErrorCode::usage, fmt::format("no files for {}: {}", refused, reason), {},
                      "run init in that folder, which says more");
  if (options.check) return drifted ? ExitCode::gate_failed : ExitCode::done;
  if (!conflicts.empty())
    return base::fail(ErrorCode::usage,
                      fmt::format("nothing was written: files in {} would be changed", conflicts), {},
                      "see what with --dry-run, replace with --force");
  return ExitCode::done;
}

base::Result<ExitCode> run_init_check(const InitOptions& options, Context& context,
                                      const std::string& directory) {
  const InitOptions before = as_written_before(options, context.files, directory);
  CRT_ASSIGN(InitReport report, prepare_init(before, context.files, directory));
  const bool written = context.files.kind(directory + "/Dockerfile") != base::FileKind::absent;
  const bool refused = !report.project.refusal.empty();
  if (refused && written)
    report.drift.push_back(
        {.file = "Dockerfile", .line = 0, .was = report.project.refusal, .now = {}, .evidence = {}});
  context.out << (options.format == "json" ? init_json(report) : init_check_text(report)) << std::flush;
  for (const auto& note : report.project.notes) context.reporter.note(note);
  if (refused && !written)
    return base::fail(ErrorCode::usage, report.project.refusal, {}, report.project.hint);
  return report.drift.empty() ? ExitCode::done : ExitCode::gate_failed;
}

}  // namespace crtune::cli
