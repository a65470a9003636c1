#include "cli/commands/init_plan.hpp"

#include "core/generate/drift.hpp"
#include "core/generate/explain.hpp"
#include "core/generate/generate.hpp"
#include "core/platform/documents.hpp"
#include "core/platform/yaml.hpp"
#include "core/project/detect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::cli {
namespace {

using base::FileKind;
using base::Result;

constexpr std::uint64_t kMaxExisting = 4U << 20U;  // of a file that we would replace

// Names that say nothing about a service: its module's name is better.
bool is_generic(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {"app",    "api",     "cmd", "http", "main",
                                                             "server", "service", "srv", "web"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string last_part(std::string_view path) {
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string name_of_module(std::string path) {
  const std::string last = last_part(path);
  const bool version =
      last.size() > 1 && last[0] == 'v' && last.find_first_not_of("0123456789", 1) == std::string::npos;
  if (version && last.size() < path.size()) path.resize(path.size() - last.size() - 1);
  return last_part(path);
}

Result<PlannedFile> plan(base::Files& files, const std::string& directory, generate::GeneratedFile file,
                         bool force) {
  PlannedFile planned;
  const std::string path = directory + "/" + file.path;
  planned.file = std::move(file);
  const auto kind = files.kind(path);
  if (kind == FileKind::absent) return planned;
  planned.action = FileAction::conflict;
  if (kind != FileKind::regular)
    return planned;  // a link or a folder: never written through, not even with --force
  auto existing = files.read(path, kMaxExisting);
  if (!existing) return base::fail(std::move(existing).error());
  planned.existing = *std::move(existing);
  if (*planned.existing == planned.file.content)
    planned.action = FileAction::unchanged;
  else if (force)
    planned.action = FileAction::overwrite;
  return planned;
}

generate::GenerateOptions generate_options(const InitOptions& options, const std::string& service,
                                           const std::string& directory) {
  generate::GenerateOptions wanted;
  wanted.base = options.base.value_or(generate::BaseImage::distroless);
  wanted.profile = options.profile.value_or(generate::Profile::bursty);
  wanted.service = service;
  wanted.region = options.region;
  wanted.image = options.image;
  wanted.directory = directory;
  if (options.port > 0) wanted.port = options.port;
  return wanted;
}

std::string_view profile_word(generate::Profile profile) {
  switch (profile) {
    case generate::Profile::steady: return "steady";
    case generate::Profile::strict_latency: return "strict-latency";
    case generate::Profile::bursty: break;
  }
  return "";
}

Result<std::vector<generate::GeneratedFile>> generate_files(const model::Project& project,
                                                            const InitOptions& options,
                                                            const generate::GenerateOptions& wanted) {
  CRT_ASSIGN(auto docker, generate::dockerfile(project, wanted));
  CRT_ASSIGN(auto ignore, generate::docker_ignore(project, wanted));
  CRT_ASSIGN(auto service, generate::service_yaml(project, wanted));
  CRT_TRY(platform::parse_yaml(service.content, service.path));
  generate::remember({options.main, std::string(profile_word(wanted.profile)), wanted.port}, docker.content);
  std::vector<generate::GeneratedFile> out;
  for (auto* file : {&docker, &ignore, &service}) out.push_back(std::move(*file));
  return out;
}

// The value behind `key:` at its first line, where it is a plain word.
std::string yaml_word(std::string_view text, std::string_view key) {
  for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
    std::string_view line = text.substr(at + key.size());
    if (!line.starts_with(": ")) continue;
    line = line.substr(2, line.find('\n') - 2);
    if (line.size() > 1 && line.front() == '"' && line.back() == '"') line = line.substr(1, line.size() - 2);
    return std::string(line);
  }
  return {};
}

// The name of the last stage's image.
std::string_view final_image(std::string_view dockerfile) {
  std::string_view name;
  for (std::size_t at = 0; at < dockerfile.size();) {
    const std::size_t end = std::min(dockerfile.find('\n', at), dockerfile.size());
    const auto line = dockerfile.substr(at, end - at);
    if (line.starts_with("FROM ")) name = line.substr(5, line.find(' ', 5) - 5);
    at = end + 1;
  }
  return name;
}

}  // namespace

std::string derived_service_name(const model::Project& project) {
  // Only compiled languages name their main program by what it is.
  const bool by_main = project.language == "go" || project.native_build || project.rust;
  const std::string folder = by_main ? last_part(project.main.value_or(".")) : ".";
  const bool telling = folder != "." && !is_generic(folder);
  return generate::service_name(telling ? folder : name_of_module(project.module));
}

Result<InitReport> prepare_init(const InitOptions& options, base::Files& files,
                                const std::string& directory) {
  InitReport report;
  report.dry_run = options.dry_run || options.explain || options.check;
  report.shows_diff = options.dry_run && !options.explain && !options.check;
  report.region = options.region;
  const auto main = options.main.empty() ? std::nullopt : std::optional(options.main);
  const platform::ParsedDocuments documents;
  CRT_ASSIGN(report.project, project::detect(files, directory, {.main = main, .documents = &documents}));
  model::Project& project = report.project;
  report.service = options.service.empty() ? derived_service_name(project) : options.service;
  if (!project.refusal.empty()) return report;
  const auto wanted = generate_options(options, report.service, directory);
  if (wanted.port && project.port.source == model::PortSource::hard_coded &&
      wanted.port != project.port.number)
    project.notes.push_back(fmt::format("the source says port {}, --port says {}; --port is taken",
                                        project.port.number.value_or(0), *wanted.port));
  CRT_ASSIGN(auto generated, generate_files(project, options, wanted));
  CRT_ASSIGN(const auto context, generate::build_context(project, wanted));
  report.build_command =
      generate::build_command(context, options.image.empty() ? report.service : options.image);
  report.image = options.image;
  report.directory = options.directory;
  for (auto& file : generated) {
    if (options.explain && file.path == "Dockerfile")
      report.explanations = generate::explain(file.content, project);
    CRT_ASSIGN(auto planned, plan(files, directory, std::move(file), options.force));
    report.conflict = report.conflict || planned.action == FileAction::conflict;
    if (options.check && planned.action != FileAction::unchanged) {
      const std::string* existing = planned.existing ? &*planned.existing : nullptr;
      for (auto& drift : generate::find_drift(planned.file.path, existing, planned.file.content, project))
        report.drift.push_back(std::move(drift));
    }
    report.files.push_back(std::move(planned));
  }
  return report;
}

base::Status write_planned(const InitReport& report, base::Files& files, const std::string& directory) {
  for (const auto& planned : report.files) {
    if (planned.action == FileAction::unchanged) continue;
    const auto replace =
        planned.action == FileAction::overwrite ? base::Files::Replace::yes : base::Files::Replace::no;
    CRT_TRY(files.write(directory + "/" + planned.file.path, planned.file.content, replace));
  }
  return {};
}

std::string conflicting_files(const InitReport& report) {
  std::string names;
  for (const auto& planned : report.files)
    if (planned.action == FileAction::conflict) names += (names.empty() ? "" : ", ") + planned.file.path;
  return names;
}

InitOptions as_written_before(InitOptions options, base::Files& files, const std::string& directory) {
  if (const auto dockerfile = files.read(directory + "/Dockerfile", kMaxExisting)) {
    const auto before = generate::remembered(*dockerfile);
    if (options.main.empty()) options.main = before.main;
    if (options.port == 0) options.port = before.port.value_or(0);
    if (!options.profile && before.profile == "steady") options.profile = generate::Profile::steady;
    if (!options.profile && before.profile == "strict-latency")
      options.profile = generate::Profile::strict_latency;
    const auto image = final_image(*dockerfile);
    if (!options.base && image == "scratch") options.base = generate::BaseImage::scratch;
    if (!options.base && image == "debian:bookworm-slim") options.base = generate::BaseImage::debian_slim;
  }
  if (const auto service = files.read(directory + "/service.yaml", kMaxExisting)) {
    if (options.service.empty()) options.service = yaml_word(*service, "name");
    if (options.region.empty()) options.region = yaml_word(*service, "cloud.googleapis.com/location");
    const std::string image = yaml_word(*service, "image");
    // The example that stands there until somebody names an image is no choice of anybody.
    if (options.image.empty() && image.find("/my-project/my-repository/") == std::string::npos)
      options.image = image;
    if (!generate::is_service_name(options.service)) options.service.clear();
  }
  return options;
}

}  // namespace crtune::cli
