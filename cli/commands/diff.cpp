#include "cli/commands/commands.hpp"
#include "cli/commands/diff_report.hpp"
#include "cli/image_input.hpp"
#include "cli/policy_input.hpp"
#include "core/analysis/rules/rule.hpp"
#include "core/diff/compare.hpp"
#include "core/diff/image_snapshot.hpp"
#include "core/diff/report_snapshot.hpp"
#include "core/platform/json.hpp"
#include "core/secret/mask.hpp"
#include "core/source/executable.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace crtune::cli {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view kSummary =
    "Show what differs between two images or executables, and what a deploy pushes";
constexpr std::string_view kExamples =
    "OLD and NEW are images in every form that analyze takes, or two ELF executables. Either may be a report "
    "that\n"
    "analyze --format json saved; with --files in it, files are compared as well, except their contents.\n"
    "\n"
    "Examples:\n"
    "  cloudrun-tune diff app-1.0.tar app-1.1.tar\n"
    "  cloudrun-tune diff baseline.json docker-daemon:app:latest --max-growth 1MB --max-push 20MB\n"
    "  cloudrun-tune diff ./server-old ./server --max-package-growth 100kB\n"
    "  cloudrun-tune diff old.tar new.tar -o diff.html -o diff.sarif --fail-on error\n"
    "\n"
    "Exit codes: 0 every gate passed, whatever differs, 1 a gate failed, 2 usage, 3 an input cannot be read.";

constexpr platform::JsonLimits kReportLimits = {.bytes = 64U << 20U, .values = 8'000'000};

struct DiffOptions {
  std::string before;
  std::string after;
  std::string before_image;
  ImageOptions input;
  PolicyOptions policy;
  OutputOptions outputs;
  std::size_t top = 10;
  bool iec = false;
};

// A side of the comparison with all that it stands on.
struct Input {
  std::optional<AnalyzedImage> analyzed;
  model::Snapshot snapshot;

  diff::Side side() const {
    if (!analyzed || snapshot.is_executable) return {.snapshot = snapshot};
    return {
        .snapshot = snapshot, .image = &analyzed->opened.image, .contents = analyzed->opened.contents.get()};
  }
};

bool is_report(const std::string& reference, Context& context) {
  constexpr std::size_t kHead = 512;
  const auto kind = context.files.kind(reference);
  if (kind != base::FileKind::regular && kind != base::FileKind::symlink) return false;
  std::string head;
  for (const std::byte byte : source::first_bytes(reference, kHead)) head += static_cast<char>(byte);
  return diff::may_be_report(head);
}

Result<model::Snapshot> open_report(const std::string& path, Context& context) {
  auto text = context.files.read(path, kReportLimits.bytes);
  if (!text) {
    if (text.error().code == ErrorCode::limit)
      text.error().hint =
          "save the report without --files: sizes, layers, executables and findings are "
          "compared all the same";
    return base::fail(std::move(text).error());
  }
  CRT_ASSIGN(const base::Json json, platform::parse_json(*text, path, kReportLimits));
  return diff::read_report(json, path);
}

Result<Input> open_input(const std::string& reference, const ImageOptions& options,
                         const model::Policy& policy, Context& context) {
  Input input;
  if (is_report(reference, context)) {
    CRT_ASSIGN(input.snapshot, open_report(reference, context));
  } else {
    CRT_ASSIGN(input.analyzed, analyze_image(reference, options, policy, true, context));
    input.snapshot = diff::snapshot_of(input.analyzed->opened.image, input.analyzed->analysis);
    input.snapshot.is_stream = !input.analyzed->opened.members->reads_again();
  }
  for (auto& layer : input.snapshot.layers) layer.instruction = secret::masked_words(layer.instruction);
  return input;
}

// Build settings such as -ldflags may carry secrets.
void hide_secrets(model::Difference& difference) {
  for (auto& binary : difference.binaries)
    for (auto& fact : binary.facts)
      for (auto* value : {&fact.before, &fact.after})
        if (*value) *value = secret::masked_words(**value);
}

Result<ExitCode> run(DiffOptions options, Context& context) {
  const std::array<std::string, 2> inputs = {options.before, options.after};
  if (options.before == "-" && options.after == "-")
    return base::fail(ErrorCode::usage, "standard input can be one of the two images only");
  CRT_ASSIGN(const auto outputs, plan_outputs(options.outputs, report_formats(), inputs, context.files));
  CRT_ASSIGN(const model::Policy policy, read_policies(options.policy, context));
  options.input.fingerprint_key = random_key();
  ImageOptions of_before = options.input;
  if (!options.before_image.empty()) of_before.name = options.before_image;
  CRT_ASSIGN(const Input before, open_input(options.before, of_before, policy, context));
  CRT_ASSIGN(const Input after, open_input(options.after, options.input, policy, context));
  CRT_ASSIGN(model::Difference difference, diff::compare(before.side(), after.side(), policy));
  context.reporter.finish();
  hide_secrets(difference);
  const auto rules = analysis::rules::rule_texts();
  const DiffReport report(
      {.comparison = {.before = before.snapshot, .after = after.snapshot, .difference = difference},
       .rules = rules,
       .units = options.iec ? base::Units::iec : base::Units::si,
       .top = options.top});
  CRT_TRY(write_outputs(outputs, context, [&](std::size_t format, const Canvas& canvas) {
    return write_report(format, report, canvas);
  }));
  const bool passed = std::all_of(difference.gates.begin(), difference.gates.end(),
                                  [](const auto& gate) { return gate.passed; });
  return passed ? ExitCode::done : ExitCode::gate_failed;
}

}  // namespace

Command diff_command() {
  return {.name = "diff", .summary = kSummary, .examples = kExamples, .configure = [](CLI::App& app) {
            auto options = std::make_shared<DiffOptions>();
            app.add_option("OLD", options->before, "The old image, executable or saved report")->required();
            app.add_option("NEW", options->after, "The new one")->required();
            add_compared_image_options(app, options->input);
            app.add_option("--old-image", options->before_image, "The same of OLD (default: as --image)");
            add_output_options(app, options->outputs, report_formats());
            app.add_option("--top", options->top, "How many rows of each part to show (default 10)")
                ->check(CLI::NonNegativeNumber);
            app.add_flag("--iec", options->iec, "Sizes in KiB and MiB instead of kB and MB");
            add_diff_policy_options(app, options->policy);
            return [options](Context& context) { return run(*options, context); };
          }};
}

}  // namespace crtune::cli
