#include "core/analysis/analyze.hpp"

#include "cli/commands/analyze_report.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/rule_lookup.hpp"
#include "cli/image_input.hpp"
#include "cli/policy_input.hpp"
#include "core/analysis/policy_reader.hpp"
#include "core/analysis/rules/rule.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;
using base::Result;

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
    "  cloudrun-tune analyze image.tar -o report.json -o report.sarif -o report.md\n"
    "\n"
    "Exit codes: 0 every gate passed, 1 a gate failed (the report is printed all the same), 2 usage, 3 the "
    "image cannot\n"
    "be read.";

struct AnalyzeOptions {
  std::string image;
  ImageOptions input;
  PolicyOptions policy;
  OutputOptions outputs;
  std::string explain;
  std::string tree_depth;
  std::optional<std::uint32_t> layer;
  std::string path;
  std::size_t top = 10;
  bool iec = false;
  bool files = false;
};

Result<report::FileView> view_of(const AnalyzeOptions& options) {
  report::FileView view = {.depth = {}, .layer = options.layer, .glob = options.path};
  if (options.tree_depth.empty()) return view;
  CRT_ASSIGN(const std::uint64_t depth, analysis::parse_count(options.tree_depth));
  constexpr std::uint64_t kDeepest = 1'024;
  if (depth == 0 || depth > kDeepest)
    return base::fail(ErrorCode::usage, fmt::format("--tree: '{}' is no depth", options.tree_depth), {},
                      fmt::format("1 to {}", kDeepest));
  view.depth = depth;
  return view;
}

Result<ExitCode> run(const AnalyzeOptions& options, Context& context) {
  if (!options.explain.empty()) return explain_rule(options.explain, context);
  if (options.image.empty())
    return base::fail(ErrorCode::usage, "IMAGE is required", {}, "see cloudrun-tune analyze --help");
  CRT_ASSIGN(const auto outputs,
             plan_outputs(options.outputs, report_formats(), {&options.image, 1}, context.files));
  CRT_ASSIGN(const model::Policy policy, read_policies(options.policy, context));
  CRT_ASSIGN(const report::FileView view, view_of(options));
  const bool with_files = options.files || view.is_wanted() || need_files(outputs);
  CRT_ASSIGN(const AnalyzedImage analyzed,
             analyze_image(options.image, options.input, policy, with_files, context));
  context.reporter.finish();
  if (view.layer && *view.layer >= analyzed.opened.image.layers.size())
    return base::fail(ErrorCode::usage, fmt::format("--layer: there is no layer {}", *view.layer), {},
                      fmt::format("the layers are 0 to {}", analyzed.opened.image.layers.size() - 1));
  const auto rules = analysis::rules::rule_texts();
  const AnalyzeReport report({.image = analyzed.opened.image,
                              .analysis = analyzed.analysis,
                              .policy = policy,
                              .rules = rules,
                              .units = options.iec ? base::Units::iec : base::Units::si,
                              .top = options.top,
                              .view = view,
                              .with_files = options.files});
  CRT_TRY(write_outputs(outputs, context, [&](std::size_t format, const Canvas& canvas) {
    return write_report(format, report, canvas);
  }));
  const auto& gates = analyzed.analysis.gates;
  const bool passed = std::all_of(gates.begin(), gates.end(), [](const auto& gate) { return gate.passed; }) &&
                      !findings_fail(analyzed.analysis.findings, policy.fail_on);
  return passed ? ExitCode::done : ExitCode::gate_failed;
}

}  // namespace

Command analyze_command() {
  return {
      .name = "analyze", .summary = kSummary, .examples = kExamples, .configure = [](CLI::App& app) {
        auto options = std::make_shared<AnalyzeOptions>();
        app.add_option("IMAGE", options->image,
                       "The image: a file, a folder, - or docker-daemon:NAME; or an executable");
        add_image_options(app, options->input);
        add_output_options(app, options->outputs, report_formats());
        app.add_option("--top", options->top, "How many causes of waste and findings to show (default 10)")
            ->check(CLI::NonNegativeNumber);
        app.add_flag("--iec", options->iec, "Sizes in KiB and MiB instead of kB and MB");
        app.add_flag("--files", options->files,
                     "In the JSON report: every entry of every layer and its state");
        app.add_option("--tree", options->tree_depth,
                       "Show the files as a tree, so many folders deep (default 2)")
            ->expected(0, 1)
            ->default_str("2")
            ->group("Views");
        app.add_option("--layer", options->layer, "Show the files of this layer, waste too")->group("Views");
        app.add_option("--path", options->path, "Show the files whose paths match, e.g. '/usr/lib/**'")
            ->group("Views");
        app.add_option("--explain", options->explain,
                       "Say what a rule means and how to mend it, e.g. IMG401");
        add_policy_options(app, options->policy);
        return [options](Context& context) { return run(*options, context); };
      }};
}

}  // namespace crtune::cli
