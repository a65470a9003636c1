#include "cli/run.hpp"

#include "cli/commands/commands.hpp"
#include "cli/version.hpp"
#include "core/base/edit_distance.hpp"
#include "core/base/escape.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <ostream>

namespace crtune::cli {
namespace {

using Runner = std::function<base::Result<ExitCode>(Context&)>;

constexpr std::string_view kAbout = "Lean container images and right-sized services for Cloud Run.";
constexpr std::string_view kFoot =
    "Examples:\n"
    "  cloudrun-tune init                       write Dockerfile, .dockerignore and service.yaml for this "
    "folder\n"
    "  docker save app | cloudrun-tune analyze -\n"
    "  cloudrun-tune analyze image.tar --max-reclaimable 20MB     fail the build over 20 MB of waste\n"
    "\n"
    "Exit codes: 0 done, 1 a gate failed, 2 usage, 3 bad input, 4 network, 5 not authorised, 70 a bug, 130 "
    "interrupted.";

void write_error(Context& context, const base::Error& error) {
  context.err << base::describe(error) << '\n';
}

void write_error(Context& context, base::ErrorCode code, std::string message, std::string hint) {
  base::Error error;
  error.code = code;
  error.message = std::move(message);
  error.hint = std::move(hint);
  write_error(context, error);
}

// A word that CLI11 does not know, with the command that was probably meant.
std::string unknown_word_hint(const std::vector<std::string>& arguments) {
  std::vector<std::string_view> names;
  for (const auto& command : commands()) names.push_back(command.name);
  for (const auto& word : arguments) {
    if (word.empty() || word.front() == '-') continue;
    if (const auto meant = base::nearest(word, names); meant && *meant != word)
      return fmt::format("did you mean '{}'?", *meant);
    break;
  }
  return "see cloudrun-tune --help";
}

// Anything that escapes a command is a bug: report it as one instead of dying without a word.
int guarded(const Runner& runner, Context& context) {
  try {
    const auto result = runner(context);
    if (result) return static_cast<int>(*result);
    write_error(context, result.error());
    return static_cast<int>(exit_code_for(result.error().code));
  } catch (const std::exception& problem) {
    write_error(context, base::ErrorCode::internal,
                fmt::format("cloudrun-tune failed unexpectedly: {}", problem.what()),
                "this is a bug; please report it with the command line");
  }
  return static_cast<int>(ExitCode::bug);
}

}  // namespace

int run(const std::vector<std::string>& arguments, Context& context) {
  CLI::App app{std::string(kAbout), "cloudrun-tune"};
  app.set_version_flag("--version", std::string(kVersion), "Print the version and leave");
  app.footer(std::string(kFoot));
  app.require_subcommand(1);
  Runner runner;
  for (const auto& command : commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command.name), std::string(command.summary));
    sub->footer(std::string(command.examples));
    auto chosen = command.configure(*sub);
    sub->parse_complete_callback([&runner, chosen] { runner = chosen; });
  }
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::CallForVersion&) {
    context.out << kVersion << '\n';
    return static_cast<int>(ExitCode::done);
  } catch (const CLI::Success&) {
    const auto chosen = app.get_subcommands();
    context.out << (chosen.empty() ? app.help() : chosen.front()->help());
    return static_cast<int>(ExitCode::done);
  } catch (const CLI::ParseError& problem) {
    const auto chosen = app.get_subcommands();
    const std::string hint = chosen.empty()
                                 ? unknown_word_hint(arguments)
                                 : fmt::format("see cloudrun-tune {} --help", chosen.front()->get_name());
    write_error(context, base::ErrorCode::usage, problem.what(), hint);
    return static_cast<int>(ExitCode::usage);
  }
  return guarded(runner, context);
}

}  // namespace crtune::cli
