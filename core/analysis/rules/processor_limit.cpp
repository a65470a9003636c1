#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/binary_rules.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

// Source: go.dev/doc/go1.25, "Container-aware GOMAXPROCS".
constexpr int kFirstAware = 25;

bool is_set(const std::vector<std::string>& environment, std::string_view name) {
  for (const auto& variable : environment)
    if (variable.size() > name.size() && variable.starts_with(name) && variable[name.size()] == '=')
      return true;
  return false;
}

// Why the program does not see the limit; empty where it does. What decides is the build info's GODEBUG,
// which follows the main module's go line.
std::string reason(const model::GoInfo& go) {
  const auto minor = go_minor(go.version);
  if (!minor) return {};
  if (*minor < kFirstAware) return fmt::format("was built by {}", base::one_line(go.version, 40));
  const auto defaults = go_setting(go, "DefaultGODEBUG");
  return defaults.find("containermaxprocs=0") != std::string_view::npos
             ? "carries containermaxprocs=0, as its go.mod has a go line below 1.25"
             : std::string();
}

bool links(const model::Binary& binary, std::string_view package) {
  for (const auto& owner : binary.owners)
    if (owner.kind == model::OwnerKind::package && owner.name == package) return true;
  return false;
}

}  // namespace

void check_processor_limit(const Subject& subject, Findings& findings) {
  const auto& environment = subject.image.config.environment;
  const StartedPrograms started(subject);
  report_binaries(subject, findings, [&](const model::BinaryRow& row) -> std::optional<BinaryFault> {
    if (!row.binary.go || row.binary.type != "executable" || is_set(environment, "GOMAXPROCS"))
      return std::nullopt;
    const std::string why = reason(*row.binary.go);
    if (why.empty() || links(row.binary, "go.uber.org/automaxprocs/maxprocs")) return std::nullopt;
    BinaryFault fault;
    fault.says = fmt::format("{}: GOMAXPROCS is the machine's processors, not the container's limit", why);
    fault.fix =
        "write `go 1.25` or later in go.mod and build with Go 1.25 or later; or set GOMAXPROCS to ceil(cpu) "
        "in "
        "service.yaml, with 1 cpu: - {name: GOMAXPROCS, value: \"1\"}";
    if (!started.contains(row)) fault.severity = model::Severity::info;
    return fault;
  });
}

}  // namespace crtune::analysis::rules
