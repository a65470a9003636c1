#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace crtune::check::rules {
namespace {

struct InstallRow {
  std::string_view program;
  std::string_view verb;
  std::string_view without;                       // the option that leaves them out
  std::array<std::string_view, 5> accepted = {};  // whatever says so too
};
constexpr std::array kInstalls = {
    InstallRow{"npm",
               "ci",
               "--omit=dev",
               {"--omit=dev", "--production", "--only=production", "--only=prod", "--production=true"}},
    InstallRow{"npm",
               "install",
               "--omit=dev",
               {"--omit=dev", "--production", "--only=production", "--only=prod", "-g"}},
    InstallRow{"pnpm", "install", "--prod", {"--prod", "-P", "--production"}},
    InstallRow{"yarn", "install", "--production", {"--production", "--production=true", "--prod", "focus"}},
    InstallRow{"poetry",
               "install",
               "--only main",
               {"--no-dev", "--only=main", "--only", "--without", "--without=dev"}},
    InstallRow{"uv", "sync", "--no-dev", {"--no-dev", "--only-group", "--no-default-groups"}},
};

}  // namespace

void check_development_packages(const Subject& subject, Findings& findings) {
  for (const auto& call : subject.calls) {
    const auto stage = subject.facts(call.instruction()).stage;
    if (!stage || !subject.is_final(call.instruction()) || call.words().size() < 2) continue;
    for (const auto& row : kInstalls) {
      const auto& verb = call.words()[1];
      if (call.program() != row.program || verb.text != row.verb || call.has({"--global"})) continue;
      const bool left_out = std::any_of(row.accepted.begin(), row.accepted.end(), [&](std::string_view word) {
        return !word.empty() && call.has({word});
      });
      const bool node = row.program == "npm" || row.program == "pnpm" || row.program == "yarn";
      const bool one_package = row.verb == "install" && !call.operands(1, {"--prefix"}).empty();
      if (left_out || one_package || (node && subject.final_environment("NODE_ENV") == "production"))
        continue;
      auto& found = findings.add_call(call, "packages for development are installed into the image").unsafe();
      if (call.is_editable()) found.insert(call.after(verb), fmt::format(" {}", row.without));
    }
  }
}

}  // namespace crtune::check::rules
