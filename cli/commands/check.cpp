#include "core/check/check.hpp"

#include "cli/check_input.hpp"
#include "cli/commands/check_formats.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/rule_lookup.hpp"
#include "cli/image_input.hpp"
#include "cli/policy_input.hpp"
#include "core/analysis/ignores.hpp"
#include "core/check/masked_text.hpp"
#include "core/check/repair.hpp"
#include "core/check/rules/rule.hpp"
#include "core/generate/line_diff.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view kSummary =
    "Check Dockerfiles against their source, context and service.yaml, and mend them";
constexpr std::string_view kExamples =
    "PATH is a Dockerfile or a folder, in which Dockerfiles are looked for; this folder where it is left "
    "out.\n"
    "\n"
    "Examples:\n"
    "  cloudrun-tune check\n"
    "  cloudrun-tune check --fix --dry-run            what would be changed, as a diff\n"
    "  cloudrun-tune check --fix --unsafe services/\n"
    "  cloudrun-tune check --fail-on warning -o check.sarif\n"
    "  cloudrun-tune check --explain DF105\n"
    "\n"
    "Exit codes: 0 nothing that reaches --fail-on (error), 1 findings do, 2 usage, 3 a file cannot be read "
    "or\n"
    "is over a limit.";

struct CheckOptions {
  std::vector<std::string> paths;
  std::string build_context;
  std::vector<std::string> trusted;
  PolicyOptions policy;
  OutputOptions outputs;
  std::string explain;
  bool fix = false;
  bool unsafe = false;
  bool dry_run = false;
};

// All that a run found, in the order of the files.
struct Run {
  std::vector<model::Finding> findings;
  std::vector<report::CheckedFile> files;
  std::uint64_t safe = 0;
  std::uint64_t unsafe = 0;
  std::string diff;
};

base::Status check_usage(const CheckOptions& options, const std::vector<Output>& outputs) {
  if (options.unsafe && !options.fix) return base::fail(ErrorCode::usage, "--unsafe goes with --fix");
  if (options.dry_run && !options.fix) return base::fail(ErrorCode::usage, "--dry-run goes with --fix");
  if (outputs.empty()) return base::fail(ErrorCode::internal, "there is no output");
  return {};
}

check::Surroundings surroundings_of(const CheckInput& input, const CheckOptions& options) {
  check::Surroundings around;
  around.context = input.build.get();
  around.project = input.project.get();
  around.project_folder = input.project_folder;
  around.service = input.service ? &*input.service : nullptr;
  around.trusted_registries = options.trusted;
  return around;
}

// Mends the file, and puts the mended one in place of what was read.
base::Status mend(CheckInput& input, const check::Surroundings& around, const CheckOptions& options,
                  Context& context, std::string& diff) {
  const auto most = options.unsafe ? check::Safety::unsafe : check::Safety::safe;
  CRT_ASSIGN(auto repaired, check::repair(input.document, input.path, around, most));
  if (repaired.text == input.document.text) return {};
  const std::string before = check::masked_text(input.document);
  CRT_ASSIGN(auto document, dockerfile::parse(repaired.text, input.path));
  diff = generate::unified_diff(input.path, &before, check::masked_text(document));
  input.document = std::move(document);
  if (options.dry_run) return {};
  return context.files.write(input.path, repaired.text, base::Files::Replace::yes);
}

base::Status check_file(const std::string& path, CheckInputs& inputs, const CheckOptions& options,
                        Context& context, Run& run) {
  CRT_ASSIGN(auto input, inputs.read(path));
  const auto around = surroundings_of(input, options);
  report::CheckedFile file = {.path = path, .text = {}, .context = input.build->folder, .diff = {}};
  if (options.fix) CRT_TRY(mend(input, around, options, context, file.diff));
  auto checked = check::check_dockerfile(input.document, path, around);
  file.text = std::move(checked.text);
  run.diff += file.diff;
  run.files.push_back(std::move(file));
  for (auto& found : checked.findings) {
    if (!found.edits.empty() && found.finding.ignored.empty())
      ++(found.safety == check::Safety::safe ? run.safe : run.unsafe);
    run.findings.push_back(std::move(found.finding));
  }
  return {};
}

Result<ExitCode> run_check(const CheckOptions& options, Context& context) {
  if (!options.explain.empty()) return explain_rule(options.explain, context);
  CRT_ASSIGN(const auto outputs,
             plan_outputs(options.outputs, check_formats(), options.paths, context.files));
  CRT_TRY(check_usage(options, outputs));
  CRT_ASSIGN(model::Policy policy, read_policies(options.policy, context));
  // A check that cannot fail would be none.
  if (!policy.fail_on && options.policy.fail_on.empty()) policy.fail_on = model::Severity::error;
  const auto paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  CRT_ASSIGN(const auto found, find_dockerfiles(paths, context));
  CheckInputs inputs(context, options.build_context);
  Run run;
  for (const auto& path : found) CRT_TRY(check_file(path, inputs, options, context, run));
  const std::string day = today(context);
  analysis::accept_findings(policy, day, run.findings);
  for (const auto& note : analysis::expired_ignores(policy, day)) context.reporter.note(note);
  const auto rules = check::rules::rule_texts();
  const CheckOutcome outcome = {.report = {.findings = run.findings,
                                           .files = run.files,
                                           .safe_fixes = run.safe,
                                           .unsafe_fixes = run.unsafe},
                                .rules = rules,
                                .subject = found.size() == 1 ? found.front() : paths.front(),
                                .diff = run.diff,
                                .only_diff = options.dry_run};
  CRT_TRY(write_outputs(outputs, context, [&](std::size_t format, const Canvas& canvas) {
    return write_check(format, outcome, canvas);
  }));
  return findings_fail(run.findings, policy.fail_on) ? ExitCode::gate_failed : ExitCode::done;
}

}  // namespace

Command check_command() {
  return {.name = "check", .summary = kSummary, .examples = kExamples, .configure = [](CLI::App& app) {
            auto options = std::make_shared<CheckOptions>();
            app.add_option("PATH", options->paths,
                           "Dockerfiles, and folders to look for them in (default: this one)");
            app.add_option("--context", options->build_context,
                           "The folder that a build takes (default: where most sources of COPY stand)");
            add_output_options(app, options->outputs, check_formats());
            app.add_flag("--fix", options->fix, "Mend what can be mended without a doubt; shows the diff")
                ->group("Mending");
            app.add_flag("--unsafe", options->unsafe, "With --fix: also what changes how the image behaves")
                ->group("Mending");
            app.add_flag("--dry-run", options->dry_run, "With --fix: write nothing, show the diff alone")
                ->group("Mending");
            app.add_option("--trusted-registry", options->trusted,
                           "Images must come from this registry, e.g. docker.io; may stand several times")
                ->allow_extra_args(false)
                ->group("Gates");
            app.add_option("--explain", options->explain,
                           "Say what a rule means and how to mend it, e.g. DF105");
            add_check_policy_options(app, options->policy);
            return [options](Context& context) { return run_check(*options, context); };
          }};
}

}  // namespace crtune::cli
