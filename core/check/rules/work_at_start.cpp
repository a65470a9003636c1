#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {
namespace {

bool is_work(const Call& call) {
  const bool installs = (call.is({"npm", "yarn", "pnpm"}) && call.has({"install", "ci"})) ||
                        pip_install(call) > 0 || system_install(call) > 0 ||
                        (call.is({"bundle"}) && call.has({"install"}));
  const bool migrates = call.has({"migrate", "db:migrate", "migrate:latest", "collectstatic"}) ||
                        (call.has({"upgrade"}) && (call.has({"db"}) || call.program() == "alembic")) ||
                        (call.program() == "goose" && call.has({"up"}));
  return installs || migrates;
}

}  // namespace

void check_work_at_start(const Subject& subject, Findings& findings) {
  for (const std::string_view keyword : {"ENTRYPOINT", "CMD"}) {
    const auto index = subject.last_final(keyword);
    if (!index) continue;
    for (const auto& script : subject.scripts[*index])
      for (const auto& command : script.commands()) {
        if (command.words.empty()) continue;
        const Call call(*index, script, command);
        if (!is_work(call)) continue;
        findings
            .add_span(*index, call.span(),
                      fmt::format("{} runs before the service at each start", shown(call.program())))
            .say("run it once, before the deploy: gcloud run jobs execute …");
        return;
      }
  }
}

}  // namespace crtune::check::rules
