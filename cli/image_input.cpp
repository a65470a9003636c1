#include "cli/image_input.hpp"

#include "core/analysis/history.hpp"

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
  return open;
}

std::uint64_t random_key() {
  std::random_device source;
  return (static_cast<std::uint64_t>(source()) << 32U) | source();
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

void add_image_options(CLI::App& app, ImageOptions& options) {
  app.add_option("--image", options.name, "Which image, where several are inside (NAME[:TAG] or the ID)");
  app.add_option("--platform", options.platform, "Which platform of an index (default linux/amd64)");
  app.add_option("--base", options.base,
                 "The base image, in any form of IMAGE: tells its layers from yours exactly (else the history does)");
  app.add_flag("--deep", options.deep, "Look into the contents of the base image's layers too");
  app.add_flag("--verify", options.verify,
               "Check every blob's digest and every diff ID, also where it costs a full read");
}

ContentPlan::ContentPlan(bool deep, std::optional<std::vector<base::Digest>> base_layers)
    : deep_(deep),
      base_(std::move(base_layers)),
      key_(random_key()),
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

std::vector<const model::FileInspector*> ContentPlan::plan(const model::ImageConfig& config, std::size_t layers) {
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

Result<AnalyzedImage> analyze_image(const std::string& reference, const ImageOptions& options,
                                    const model::Policy& policy, bool with_files, Context& context) {
  source::OpenOptions open = open_options(options, context);
  std::optional<std::vector<base::Digest>> base;
  if (!options.base.empty()) {
    source::OpenOptions of_base = open;
    of_base.selection.name.clear();
    CRT_ASSIGN(auto config, source::open_configuration(options.base, of_base, context.reporter));
    base = std::move(config.diff_ids);
  }
  AnalyzedImage analyzed;
  analyzed.plan = std::make_unique<ContentPlan>(options.deep, std::move(base));
  open.inspection = analyzed.plan->inspection();
  CRT_ASSIGN(analyzed.opened, source::open_image(reference, open, context.reporter));
  CRT_ASSIGN(const auto base_layers, analyzed.plan->base_layers(analyzed.opened.image.config));
  CRT_ASSIGN(analyzed.analysis,
             analysis::analyze(analyzed.opened.image, *analyzed.opened.contents, policy,
                               {.with_files = with_files,
                                .compare_whole_files = options.verify,
                                .base_layers = base_layers,
                                .inspector = &analyzed.plan->everything(),
                                .deep = options.deep,
                                .fingerprint_key = analyzed.plan->fingerprint_key(),
                                .today = today(context)}));
  return analyzed;
}

std::string today(const Context& context) {
  auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const std::string epoch = context.environment("SOURCE_DATE_EPOCH").value_or("");
  std::int64_t fixed = 0;
  const auto [end, error] = std::from_chars(epoch.data(), epoch.data() + epoch.size(), fixed);
  constexpr std::int64_t kYear9999 = 253'402'300'799;
  if (!epoch.empty() && error == std::errc{} && end == epoch.data() + epoch.size() && fixed >= 0 && fixed <= kYear9999)
    now = fixed;
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(now));
}

}  // namespace crtune::cli
