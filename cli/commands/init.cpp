#include "cli/commands/commands.hpp"
#include "cli/commands/init_report.hpp"
#include "core/generate/generate.hpp"
#include "core/platform/documents.hpp"
#include "core/project/detect.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;
using base::FileKind;
using base::Result;

constexpr std::uint64_t kMaxExisting = 4U << 20U;  // of a file that we would replace

struct InitOptions {
  std::string directory = ".";
  std::string main;
  std::string service;
  std::string region;
  std::string image;
  std::uint32_t port = 0;
  generate::BaseImage base = generate::BaseImage::distroless;
  generate::Profile profile = generate::Profile::bursty;
  bool force = false;
  bool dry_run = false;
  std::string format = "text";
};

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

std::string derived_name(const model::Project& project) {
  // Only Go names its main package by what it is.
  const std::string folder = project.language == "go" ? last_part(project.main.value_or(".")) : ".";
  const bool telling = folder != "." && !is_generic(folder);
  return generate::service_name(telling ? folder : name_of_module(project.module));
}

bool only_has(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [more](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || more.find(c) != std::string_view::npos;
  });
}

base::Status check_options(const InitOptions& options) {
  if (!options.service.empty() && !generate::is_service_name(options.service))
    return base::fail(ErrorCode::usage, fmt::format("'{}' is no service name", options.service), {},
                      fmt::format("lower-case letters, digits and dashes, a letter first, at most 49: '{}'?",
                                  generate::service_name(options.service)));
  if (!only_has(options.region, "-") || options.region.size() > 40)
    return base::fail(ErrorCode::usage, fmt::format("'{}' is no region", options.region), {},
                      "such as europe-west1");
  const bool image = options.image.size() < 1000 && (options.image.empty() || options.image[0] != '-') &&
                     only_has(options.image, "ABCDEFGHIJKLMNOPQRSTUVWXYZ._/@:-");
  if (!image) return base::fail(ErrorCode::usage, fmt::format("'{}' is no image name", options.image));
  if (options.port > 65535)
    return base::fail(ErrorCode::usage, fmt::format("{} is no port", options.port), {},
                      "a port is 1 to 65535");
  return {};
}

Result<std::string> absolute_directory(const std::string& directory) {
  std::error_code error;
  const auto path = std::filesystem::canonical(directory.empty() ? "." : directory, error);
  if (error)
    return base::fail(ErrorCode::not_found, fmt::format("cannot open the folder: {}", error.message()),
                      {.file = directory});
  return path.string();
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

Result<InitReport> prepare(const InitOptions& options, base::Files& files, const std::string& directory) {
  InitReport report;
  report.dry_run = options.dry_run;
  report.region = options.region;
  const platform::ParsedDocuments documents;
  const auto main = options.main.empty() ? std::nullopt : std::optional(options.main);
  CRT_ASSIGN(report.project, project::detect(files, directory, {.main = main, .documents = &documents}));
  model::Project& project = report.project;
  report.service = options.service.empty() ? derived_name(project) : options.service;
  if (!project.refusal.empty()) return report;
  generate::GenerateOptions wanted;
  wanted.base = options.base;
  wanted.profile = options.profile;
  wanted.service = report.service;
  wanted.region = options.region;
  wanted.image = options.image;
  wanted.directory = directory;
  if (options.port > 0) wanted.port = options.port;
  if (wanted.port && project.port.source == model::PortSource::hard_coded &&
      wanted.port != project.port.number)
    project.notes.push_back(fmt::format("the source says port {}, --port says {}; --port is taken",
                                        project.port.number.value_or(0), *wanted.port));
  CRT_ASSIGN(auto docker, generate::dockerfile(project, wanted));
  CRT_ASSIGN(auto ignore, generate::docker_ignore(project, wanted));
  CRT_ASSIGN(auto service, generate::service_yaml(project, wanted));
  CRT_TRY(platform::parse_yaml(service.content, service.path));
  CRT_ASSIGN(const auto context, generate::build_context(project, wanted));
  report.build_command =
      generate::build_command(context, options.image.empty() ? report.service : options.image);
  report.image = options.image;
  report.directory = options.directory;
  for (auto* file : {&docker, &ignore, &service}) {
    CRT_ASSIGN(auto planned, plan(files, directory, std::move(*file), options.force));
    report.conflict = report.conflict || planned.action == FileAction::conflict;
    report.files.push_back(std::move(planned));
  }
  return report;
}

base::Status write_files(const InitReport& report, base::Files& files, const std::string& directory) {
  for (const auto& planned : report.files) {
    if (planned.action == FileAction::unchanged) continue;
    const auto replace =
        planned.action == FileAction::overwrite ? base::Files::Replace::yes : base::Files::Replace::no;
    CRT_TRY(files.write(directory + "/" + planned.file.path, planned.file.content, replace));
  }
  return {};
}

std::string conflicting(const InitReport& report) {
  std::string names;
  for (const auto& planned : report.files)
    if (planned.action == FileAction::conflict) names += (names.empty() ? "" : ", ") + planned.file.path;
  return names;
}

Result<ExitCode> run_init(const InitOptions& options, Context& context) {
  CRT_TRY(check_options(options));
  CRT_ASSIGN(const std::string directory, absolute_directory(options.directory));
  CRT_ASSIGN(const InitReport report, prepare(options, context.files, directory));
  const bool refused = !report.project.refusal.empty();
  if (!refused && !report.conflict && !options.dry_run)
    CRT_TRY(write_files(report, context.files, directory));
  context.out << (options.format == "json" ? init_json(report) : init_text(report)) << std::flush;
  for (const auto& note : report.project.notes) context.reporter.note(note);
  if (refused) return base::fail(ErrorCode::usage, report.project.refusal, {}, report.project.hint);
  if (report.conflict)
    return base::fail(ErrorCode::usage,
                      fmt::format("nothing was written: {} would be changed", conflicting(report)), {},
                      options.force ? "it is a link or a folder, which --force leaves alone: move it away"
                                    : "see what with --dry-run, replace with --force");
  return ExitCode::done;
}

// In the order that messages list them. CLI11's own tables of enumerators print their numbers in errors.
constexpr std::array<std::pair<const char*, generate::BaseImage>, 3> kBases = {
    {{"static", generate::BaseImage::scratch},
     {"distroless", generate::BaseImage::distroless},
     {"debian-slim", generate::BaseImage::debian_slim}}};
constexpr std::array<std::pair<const char*, generate::Profile>, 3> kProfiles = {
    {{"bursty", generate::Profile::bursty},
     {"steady", generate::Profile::steady},
     {"strict-latency", generate::Profile::strict_latency}}};

template <typename Table, typename Value>
void add_choice(CLI::App& app, const std::string& name, const Table& table, Value& value,
                const std::string& about) {
  app.add_option_function<std::string>(
         name,
         [&table, &value, name](const std::string& word) {
           std::string known;
           for (const auto& [text, entry] : table) {
             if (word == text) {
               value = entry;
               return;
             }
             known += (known.empty() ? "" : ", ") + std::string(text);
           }
           throw CLI::ValidationError(name, word + " is none of " + known);
         },
         about)
      ->type_name("NAME");
}

void add_options(CLI::App& app, InitOptions& options) {
  app.add_option("DIR", options.directory, "The folder that holds go.mod (default: this one)");
  app.add_option("--main", options.main, "The main package, where there are several: ./cmd/api");
  app.add_option("--port", options.port, "The port to listen on, instead of what the source says")
      ->check(CLI::Range(1U, 65535U));
  app.add_option("--service", options.service,
                 "The service's name (default: from the main package or module)");
  app.add_option("--region", options.region, "The region to deploy to, such as europe-west1");
  app.add_option("--image", options.image, "The image's full name in service.yaml");
  add_choice(app, "--base", kBases, options.base,
             "The final image: static, distroless (default) or debian-slim");
  add_choice(app, "--profile", kProfiles, options.profile,
             "The traffic: bursty (default), steady or strict-latency");
  app.add_flag("--force", options.force, "Replace files that exist and differ");
  app.add_flag("--dry-run", options.dry_run, "Write nothing, show a diff");
  app.add_option("--format", options.format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("NAME");
}

}  // namespace

Command init_command() {
  return {
      .name = "init",
      .summary = "Write Dockerfile, .dockerignore and service.yaml for a Go service",
      .examples =
          "Examples:\n"
          "  cloudrun-tune init                            what was found, and three files\n"
          "  cloudrun-tune init --dry-run                  the same as a diff\n"
          "  cloudrun-tune init svc --main ./cmd/api       one of several programs\n"
          "  cloudrun-tune init --base static --profile steady --region europe-west1\n"
          "\n"
          "Exit codes: 0 done or nothing to do; 2 a choice is open, the files would change (see --force),\n"
          "or this is no Go service that a static image can hold; 3 the folder cannot be read or written.",
      .configure = [](CLI::App& app) {
        auto options = std::make_shared<InitOptions>();
        add_options(app, *options);
        return [options](Context& context) { return run_init(*options, context); };
      }};
}

}  // namespace crtune::cli
