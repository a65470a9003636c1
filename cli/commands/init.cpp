#include "cli/commands/commands.hpp"
#include "cli/commands/init_all.hpp"
#include "cli/commands/init_plan.hpp"
#include "core/generate/generate.hpp"
#include "core/generate/image_name.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;
using base::Result;

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
  if (const auto fault = generate::image_name_fault(options.image); !options.image.empty() && !fault.empty())
    return base::fail(ErrorCode::usage, fmt::format("'{}' is no image name: {}", options.image, fault));
  const bool one =
      !options.main.empty() || !options.service.empty() || !options.image.empty() || options.port > 0;
  if (options.all && one)
    return base::fail(ErrorCode::usage,
                      "--main, --service, --image and --port are about one service, --all about each", {},
                      "run init in that service's folder");
  if (options.check && (options.force || options.dry_run || options.explain))
    return base::fail(ErrorCode::usage,
                      "--check writes nothing and takes no --force, --dry-run or --explain");
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

Result<ExitCode> run_init(const InitOptions& options, Context& context) {
  CRT_TRY(check_options(options));
  CRT_ASSIGN(const std::string directory, absolute_directory(options.directory));
  if (options.all) return run_init_all(options, context, directory);
  if (options.check) return run_init_check(options, context, directory);
  CRT_ASSIGN(const InitReport report, prepare_init(options, context.files, directory));
  const bool refused = !report.project.refusal.empty();
  if (!refused && !report.conflict && !report.dry_run)
    CRT_TRY(write_planned(report, context.files, directory));
  context.out << (options.format == "json" ? init_json(report) : init_text(report)) << std::flush;
  for (const auto& note : report.project.notes) context.reporter.note(note);
  if (refused) return base::fail(ErrorCode::usage, report.project.refusal, {}, report.project.hint);
  if (report.conflict && !options.explain)
    return base::fail(ErrorCode::usage,
                      fmt::format("nothing was written: {} would be changed", conflicting_files(report)), {},
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
void add_choice(CLI::App& app, const std::string& name, const Table& table, std::optional<Value>& value,
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
  app.add_option("DIR", options.directory, "The folder of the project (default: this one)");
  app.add_option("--main", options.main,
                 "The program, where there are several: ./cmd/api, a build target, a bin, an entry file");
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
  app.add_flag("--all", options.all, "Every service in and below the folder");
  app.add_flag("--explain", options.explain, "Write nothing, say why each line of the Dockerfile is there");
  app.add_flag("--check", options.check, "Write nothing, say what init would write otherwise today");
  app.add_option("--format", options.format, "text (default) or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("NAME");
}

}  // namespace

Command init_command() {
  return {
      .name = "init",
      .summary = "Write Dockerfile, .dockerignore and service.yaml for a service, by its source",
      .examples =
          "Examples:\n"
          "  cloudrun-tune init                            what was found, and three files\n"
          "  cloudrun-tune init --dry-run                  the same as a diff\n"
          "  cloudrun-tune init svc --main ./cmd/api       one of several programs\n"
          "  cloudrun-tune init --base static --profile steady --region europe-west1\n"
          "  cloudrun-tune init --all                      each service of a repository with several\n"
          "  cloudrun-tune init --explain                  why each line is there, and what in the source "
          "led to it\n"
          "  cloudrun-tune init --check                    for CI: have the files drifted from the source?\n"
          "\n"
          "Exit codes: 0 done or nothing to do; 1 --check found drift; 2 a choice is open, the files would "
          "change (see --force),\n"
          "or this is no service that can be put into a container; 3 the folder cannot be read or written.",
      .configure = [](CLI::App& app) {
        auto options = std::make_shared<InitOptions>();
        add_options(app, *options);
        return [options](Context& context) { return run_init(*options, context); };
      }};
}

}  // namespace crtune::cli
