#include "cli/image_input.hpp"

#include "core/analysis/history.hpp"
#include "core/binary/inspect.hpp"
#include "core/source/executable.hpp"

#include <CLI/CLI.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <random>

namespace crtune::cli {

using base::ErrorCode;
using base::Result;

namespace {

source::OpenOptions open_options(const ImageOptions& options, const Context& context) {
  source::OpenOptions open;
  open.selection.name = options.name;
  if (!options.platform.empty()) {
    open.selection.platform = options.platform;
    open.selection.platform_is_explicit = true;
  }
  open.verify = options.verify ? source::Verify::everything : source::Verify::as_read;
  open.standard_input = STDIN_FILENO;
  open.docker_host = context.environment("DOCKER_HOST").value_or("");
  open.runtime_folder = context.environment("XDG_RUNTIME_DIR").value_or("");
  return open;
}

// The last components of what a start runs: the entrypoint, the command's first word, what `sh -c` names.
std::vector<std::string> start_files(const model::ImageConfig& config) {
  std::vector<std::string> names;
  for (const auto* words : {&config.entrypoint, &config.command})
    for (const auto& word : *words) names.push_back(word.substr(word.rfind('/') + 1));
  std::erase_if(names, [](const std::string& name) { return name.empty() || name.size() > 255; });
  return names;
}

}  // namespace

std::uint64_t random_key() {
  std::random_device source;
  return (static_cast<std::uint64_t>(source()) << 32U) | source();
}

void add_compared_image_options(CLI::App& app, ImageOptions& options) {
  app.add_option("--image", options.name, "Which image, where several are inside (NAME[:TAG] or the ID)");
  app.add_option("--platform", options.platform, "Which platform of an index (default linux/amd64)");
  app.add_flag("--deep", options.deep, "Look into the contents of the base image's layers too");
  app.add_flag("--verify", options.verify,
               "Check every blob's digest and every diff ID, also where it costs a full read");
}

void add_image_options(CLI::App& app, ImageOptions& options) {
  add_compared_image_options(app, options);
  app.add_option(
      "--base", options.base,
      "The base image, in any form of IMAGE: tells its layers from yours exactly (else the history does)");
}

ContentPlan::ContentPlan(bool deep, std::optional<std::vector<base::Digest>> base_layers,
                         std::optional<std::uint64_t> key)
    : deep_(deep),
      base_(std::move(base_layers)),
      key_(key ? *key : random_key()),
      everything_({.depth = inspect::Depth::everything, .fingerprint_key = key_, .start_files = {}}) {}

Result<std::optional<std::size_t>> ContentPlan::base_layers(const model::ImageConfig& config) const {
  if (!base_) return std::optional<std::size_t>();
  for (std::size_t i = 0; i < base_->size(); ++i)
    if (i >= config.diff_ids.size() || config.diff_ids[i] != (*base_)[i])
      return base::fail(ErrorCode::usage,
                        fmt::format("--base: the image is not built on it, layer {} differs", i), {},
                        "name the base image of this very build");
  return std::optional(base_->size());
}

std::vector<const model::FileInspector*> ContentPlan::plan(const model::ImageConfig& config,
                                                           std::size_t layers) {
  facts_ = std::make_unique<inspect::ContentInspector>(inspect::InspectorOptions{
      .depth = inspect::Depth::facts, .fingerprint_key = key_, .start_files = start_files(config)});
  std::vector<const model::FileInspector*> inspectors(layers, &everything_);
  if (deep_) return inspectors;
  const auto origins = analysis::match_history(config.history, layers);
  for (std::size_t i = 0; i < layers; ++i)
    if (base_ ? i < base_->size() : origins[i].base) inspectors[i] = facts_.get();
  return inspectors;
}

source::Inspection ContentPlan::inspection() {
  return {.everything = &everything_, .plan = [this](const model::ImageConfig& config, std::size_t layers) {
            return plan(config, layers);
          }};
}

namespace {

Result<AnalyzedImage> analyzed_with(AnalyzedImage analyzed, const ImageOptions& options,
                                    const model::Policy& policy, analysis::AnalyzeOptions analyze,
                                    Context& context) {
  CRT_ASSIGN(analyze.base_layers, analyzed.plan->base_layers(analyzed.opened.image.config));
  analyze.compare_whole_files = options.verify;
  analyze.inspector = &analyzed.plan->everything();
  analyze.deep = options.deep;
  analyze.fingerprint_key = analyzed.plan->fingerprint_key();
  analyze.today = today(context);
  CRT_ASSIGN(analyzed.analysis,
             analysis::analyze(analyzed.opened.image, *analyzed.opened.contents, policy, analyze));
  return analyzed;
}

// An error about an input that is no image says what the file is instead, where that can be told.
base::Error with_format_name(base::Error error, std::span<const std::byte> head) {
  const auto name = binary::format_name(head);
  const bool is_no_image = error.code == ErrorCode::invalid || error.code == ErrorCode::damaged;
  if (!is_no_image || name.empty()) return error;
  error.code = ErrorCode::invalid;
  error.message = fmt::format("this is {}, not an image or an ELF executable", name);
  error.hint = "give it an image, or an executable for Linux";
  return error;
}

}  // namespace

Result<AnalyzedImage> analyze_image(const std::string& reference, const ImageOptions& options,
                                    const model::Policy& policy, bool with_files, Context& context) {
  constexpr std::size_t kHead = 512;
  const bool is_file = context.files.kind(reference) == base::FileKind::regular;
  const auto head = is_file ? source::first_bytes(reference, kHead) : std::vector<std::byte>();
  AnalyzedImage analyzed;
  if (binary::is_elf(head)) {
    analyzed.plan = std::make_unique<ContentPlan>(true, std::nullopt, options.fingerprint_key);
    CRT_ASSIGN(analyzed.opened, source::open_executable(reference));
    return analyzed_with(std::move(analyzed), options, policy, {.is_executable = true}, context);
  }
  source::OpenOptions open = open_options(options, context);
  std::optional<std::vector<base::Digest>> base;
  if (!options.base.empty()) {
    source::OpenOptions of_base = open;
    of_base.selection.name.clear();
    CRT_ASSIGN(auto config, source::open_configuration(options.base, of_base, context.reporter));
    base = std::move(config.diff_ids);
  }
  analyzed.plan = std::make_unique<ContentPlan>(options.deep, std::move(base), options.fingerprint_key);
  open.inspection = analyzed.plan->inspection();
  auto opened = source::open_image(reference, open, context.reporter);
  if (!opened) return base::fail(with_format_name(std::move(opened).error(), head));
  analyzed.opened = std::move(*opened);
  return analyzed_with(std::move(analyzed), options, policy, {.with_files = with_files}, context);
}

std::string today(const Context& context) {
  auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const std::string epoch = context.environment("SOURCE_DATE_EPOCH").value_or("");
  std::int64_t fixed = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), fixed);
  constexpr std::int64_t kYear9999 = 253'402'300'799;
  if (!epoch.empty() && error == std::errc{} && end == epoch.data() + epoch.size() && fixed >= 0 &&
      fixed <= kYear9999)
    now = fixed;
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(now));
}

}  // namespace crtune::cli
