#include "cli/commands/commands.hpp"
#include "cli/commands/explain.hpp"
#include "core/report/rules_page.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace crtune::cli {
namespace {

using base::ErrorCode;
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

// IDs are written in capitals; people write them as they like.
bool same_id(std::string_view id, std::string_view typed) {
  return std::equal(id.begin(), id.end(), typed.begin(), typed.end(), [](char a, char b) {
    return a == (b >= 'a' && b <= 'z' && a >= 'A' && a <= 'Z' ? static_cast<char>(b - 'a' + 'A') : b);
  });
}

Result<ExitCode> run(const RulesOptions& options, Context& context) {
  auto rules = every_rule();
  if (!options.id.empty()) {
    std::erase_if(rules, [&](const auto& rule) { return !same_id(rule.id, options.id); });
    if (rules.empty())
      return base::fail(ErrorCode::usage, fmt::format("no rule has the ID '{}'", options.id), {},
                        "`cloudrun-tune rules` lists them");
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
