#include "cli/commands/commands.hpp"
#include "cli/commands/rule_lookup.hpp"
#include "core/report/rules_page.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <vector>

namespace crtune::cli {
namespace {

using base::Result;

constexpr std::string_view kSummary = "Show the rules: what each finds, why it matters, how to mend it";
constexpr std::string_view kExamples =
    "Examples:\n"
    "  cloudrun-tune rules\n"
    "  cloudrun-tune rules IMG110\n"
    "  cloudrun-tune rules --format markdown > docs/rules.md\n"
    "\n"
    "Exit codes: 0, or 2 where no rule has that ID.";

struct RulesOptions {
  std::string id;
  std::string format = "text";
};

Result<ExitCode> run(const RulesOptions& options, Context& context) {
  std::vector<model::RuleText> rules;
  if (options.id.empty()) {
    rules = every_rule();
  } else {
    CRT_ASSIGN(const model::RuleText rule, find_rule(options.id));
    rules.push_back(rule);
  }
  if (options.format == "json") {
    context.out << report::rules_json(rules);
  } else if (options.format == "markdown") {
    context.out << report::rules_markdown(rules);
  } else if (options.id.empty()) {
    context.out << report::rules_text(rules);
  } else {
    context.out << report::rule_text(rules.front(), context.terminal.columns);
  }
  return ExitCode::done;
}

}  // namespace

Command rules_command() {
  return {.name = "rules", .summary = kSummary, .examples = kExamples, .configure = [](CLI::App& app) {
            auto options = std::make_shared<RulesOptions>();
            app.add_option("ID", options->id, "One rule, e.g. IMG110; all where it is left out");
            app.add_option("--format", options->format, "text, markdown or json")
                ->check(CLI::IsMember({"text", "markdown", "json"}));
            return [options](Context& context) { return run(*options, context); };
          }};
}

}  // namespace crtune::cli
