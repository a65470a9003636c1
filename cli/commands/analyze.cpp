#include "core/analysis/analyze.hpp"

#include "cli/commands/commands.hpp"
#include "core/analysis/policy_reader.hpp"
#include "core/platform/yaml.hpp"
#include "core/report/analysis_json.hpp"
#include "core/report/analysis_text.hpp"
#include "core/source/open.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;
using base::Result;
using base::Status;

constexpr std::string_view kSummary = "Show what is in an image, what of it is waste, and which line ends it";
constexpr std::string_view kExamples =
    "IMAGE is a docker save archive, an OCI archive or an OCI layout folder (each file also gzip- or "
    "zstd-wrapped),\n"
    "- for standard input, or docker-daemon:NAME for an image of the local daemon.\n"
    "\n"
    "Examples:\n"
    "  cloudrun-tune analyze image.tar\n"
    "  docker save app | cloudrun-tune analyze -\n"
    "  cloudrun-tune analyze docker-daemon:app:latest --top 20\n"
    "  cloudrun-tune analyze image.tar --max-size 60MB --max-reclaimable-percent 10 --reclaimable-floor 5MB\n"
    "  cloudrun-tune analyze layout/ --platform linux/arm64 --format json > report.json\n"
    "\n"
    "Exit codes: 0 every gate passed, 1 a gate failed (the report is printed all the same), 2 usage, 3 the "
    "image cannot\n"
    "be read.";
constexpr std::uint64_t kMaxConfiguration = 256U << 10U;

struct AnalyzeOptions {
  std::string image;
  std::string name;
  std::string platform;
  std::string format = "text";
  std::string config;
  std::size_t top = 10;
  bool iec = false;
  bool files = false;
  bool verify = false;
  std::string max_size, max_layers, max_reclaimable, max_reclaimable_percent, reclaimable_floor,
      min_efficiency;
  std::vector<std::string> ignores;
};

template <typename Value>
Status set(std::string_view flag, const std::string& text, Result<Value> (*parse)(std::string_view),
           std::optional<Value>& slot) {
  if (text.empty()) return {};
  auto value = parse(text);
  if (!value)
    return base::fail(ErrorCode::usage, fmt::format("--{}: {}", flag, value.error().message), {},
                      value.error().hint);
  slot = *value;
  return {};
}

Status read_file_into(Context& context, const std::string& path, model::Policy& policy,
                      Status (*read)(const base::YamlNode&, const std::string&, model::Policy&)) {
  // Whatever is wrong with a configuration, a missing one too, is the caller's mistake and not the image's.
  auto text = context.files.read(path, kMaxConfiguration);
  if (!text) {
    text.error().code = ErrorCode::usage;
    return base::fail(std::move(text).error());
  }
  auto tree = platform::parse_yaml(*text, path);
  if (!tree) {
    tree.error().code = ErrorCode::usage;
    return base::fail(std::move(tree).error());
  }
  return read(*tree, path, policy);
}

// Flags win over .cloudrun-tune.yaml; the rules of .dive-ci stand beside both.
Result<model::Policy> read_all_policies(const AnalyzeOptions& options, Context& context) {
  model::Policy policy;
  CRT_TRY(set("max-size", options.max_size, base::parse_bytes, policy.max_size));
  CRT_TRY(set("max-layers", options.max_layers, analysis::parse_count, policy.max_layers));
  CRT_TRY(set("max-reclaimable", options.max_reclaimable, base::parse_bytes, policy.max_reclaimable));
  CRT_TRY(set("max-reclaimable-percent", options.max_reclaimable_percent, analysis::parse_percent,
              policy.max_reclaimable_percent));
  CRT_TRY(set("reclaimable-floor", options.reclaimable_floor, base::parse_bytes, policy.reclaimable_floor));
  CRT_TRY(set("min-efficiency", options.min_efficiency, analysis::parse_fraction, policy.min_efficiency));
  for (const auto& ignore : options.ignores) {
    const auto equals = ignore.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == ignore.size())
      return base::fail(ErrorCode::usage, fmt::format("--ignore: '{}' gives no reason", ignore), {},
                        "write --ignore 'GLOB=REASON'");
    policy.ignores.push_back({ignore.substr(0, equals), ignore.substr(equals + 1)});
  }
  constexpr auto kOwnFile = ".cloudrun-tune.yaml";
  constexpr auto kDiveFile = ".dive-ci";
  if (!options.config.empty() || context.files.kind(kOwnFile) != base::FileKind::absent)
    CRT_TRY(read_file_into(context, options.config.empty() ? kOwnFile : options.config, policy,
                           analysis::read_policy));
  if (context.files.kind(kDiveFile) != base::FileKind::absent)
    CRT_TRY(read_file_into(context, kDiveFile, policy, analysis::read_dive_rules));
  if (policy.reclaimable_floor && !policy.max_reclaimable_percent)
    return base::fail(ErrorCode::usage, "reclaimable-floor goes with max-reclaimable-percent", {},
                      "both must be exceeded for the gate to fail");
  return policy;
}

Result<ExitCode> run(const AnalyzeOptions& options, Context& context) {
  CRT_ASSIGN(const model::Policy policy, read_all_policies(options, context));
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
  CRT_ASSIGN(auto opened, source::open_image(options.image, open, context.reporter));
  CRT_ASSIGN(const auto result,
             analysis::analyze(opened.image, *opened.contents, policy,
                               {.with_files = options.files, .compare_whole_files = options.verify}));
  context.reporter.finish();
  if (options.format == "json") {
    context.out << report::analysis_json(opened.image, result, policy);
  } else {
    const report::TextOptions text = {.columns = context.terminal.columns,
                                      .colour = context.terminal.colour,
                                      .units = options.iec ? base::Units::iec : base::Units::si,
                                      .top = options.top};
    context.out << report::analysis_text(opened.image, result, text);
  }
  const bool passed =
      std::all_of(result.gates.begin(), result.gates.end(), [](const auto& gate) { return gate.passed; });
  return passed ? ExitCode::done : ExitCode::gate_failed;
}

}  // namespace

Command analyze_command() {
  return {
      .name = "analyze", .summary = kSummary, .examples = kExamples, .configure = [](CLI::App& app) {
        auto options = std::make_shared<AnalyzeOptions>();
        app.add_option("IMAGE", options->image, "The image: a file, a folder, - or docker-daemon:NAME")
            ->required();
        app.add_option("--image", options->name,
                       "Which image, where several are inside (NAME[:TAG] or the ID)");
        app.add_option("--platform", options->platform, "Which platform of an index (default linux/amd64)");
        app.add_option("--format", options->format, "text or json")->check(CLI::IsMember({"text", "json"}));
        app.add_option("--top", options->top, "How many causes of waste to show (default 10)")
            ->check(CLI::NonNegativeNumber);
        app.add_flag("--iec", options->iec, "Sizes in KiB and MiB instead of kB and MB");
        app.add_flag("--files", options->files,
                     "With --format json: every entry of every layer and its state");
        app.add_flag("--verify", options->verify,
                     "Check every blob's digest and every diff ID, also where it costs a full read");
        app.add_option("--config", options->config,
                       "The policy file (default .cloudrun-tune.yaml, where there is one)");
        app.add_option("--max-size", options->max_size, "Gate: bytes of content, uncompressed, e.g. 60MB")
            ->group("Gates");
        app.add_option("--max-layers", options->max_layers, "Gate: number of layers")->group("Gates");
        app.add_option("--max-reclaimable", options->max_reclaimable, "Gate: bytes of waste, e.g. 5MB")
            ->group("Gates");
        app.add_option("--max-reclaimable-percent", options->max_reclaimable_percent,
                       "Gate: waste in percent of the content")
            ->group("Gates");
        app.add_option("--reclaimable-floor", options->reclaimable_floor,
                       "The percentage fails only above so many bytes")
            ->group("Gates");
        app.add_option("--min-efficiency", options->min_efficiency, "Gate: dive's efficiency, 0 to 1")
            ->group("Gates");
        app.add_option("--ignore", options->ignores, "Accept waste: GLOB=REASON; may stand several times")
            ->group("Gates");
        return [options](Context& context) { return run(*options, context); };
      }};
}

}  // namespace crtune::cli
