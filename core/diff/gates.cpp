#include "core/diff/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace crtune::diff {

using model::Difference;
using model::GateResult;
using model::GrowthLimit;
using model::Policy;
using model::Snapshot;

namespace {

// Growth in the limit's own unit: bytes, or percent of what was there, which is infinite where nothing was.
double grown(std::int64_t bytes, std::uint64_t before, const GrowthLimit& limit) {
  if (limit.bytes || bytes == 0) return static_cast<double>(bytes);
  if (before == 0) return bytes > 0 ? std::numeric_limits<double>::infinity() : 0;
  return 100.0 * static_cast<double>(bytes) / static_cast<double>(before);
}

GateResult growth_gate(const char* name, const GrowthLimit& limit, double value, std::string subject) {
  const double most = limit.bytes ? static_cast<double>(*limit.bytes) : *limit.percent;
  return {.name = name,
          .limit = most,
          .value = value,
          .is_bytes = limit.bytes.has_value(),
          .passed = value <= most,  // an unknown value does not pass
          .subject = std::move(subject)};
}

void check_packages(const Snapshot& before, const Snapshot& after, const GrowthLimit& limit,
                    Difference& out) {
  constexpr auto kGate = "max-package-growth";
  if (!before.has_binaries || !after.has_binaries) {
    out.gates.push_back(growth_gate(kGate, limit, std::nan(""), {}));
    out.notes.emplace_back("max-package-growth cannot be judged: the saved report has no executables");
    return;
  }
  double most = 0;
  std::string most_of;
  std::vector<GateResult> failed;
  for (const auto& binary : out.binaries) {
    const std::string& path = binary.after ? after.binaries[*binary.after].path : std::string();
    for (const auto& owner : binary.owners) {
      if (owner.kind != model::OwnerKind::package || owner.growth() <= 0) continue;
      const double value = grown(owner.growth(), owner.before.value_or(0), limit);
      const std::string subject = fmt::format("{} in {}", owner.name, path);
      if (value > most) {
        most = value;
        most_of = subject;
      }
      GateResult gate = growth_gate(kGate, limit, value, subject);
      if (!gate.passed) failed.push_back(std::move(gate));
    }
  }
  if (failed.empty()) {
    out.gates.push_back(growth_gate(kGate, limit, most, most_of));
    return;
  }
  std::stable_sort(failed.begin(), failed.end(),
                   [](const GateResult& a, const GateResult& b) { return a.value > b.value; });
  out.gates.insert(out.gates.end(), failed.begin(), failed.end());
}

}  // namespace

void check_gates(const Snapshot& before, const Snapshot& after, const Policy& policy, Difference& out) {
  if (policy.max_growth)
    out.gates.push_back(growth_gate("max-growth", *policy.max_growth,
                                    grown(out.uncompressed, before.uncompressed, *policy.max_growth), {}));
  if (policy.max_package_growth) check_packages(before, after, *policy.max_package_growth, out);
  if (policy.max_push && !after.is_executable) {
    const auto pushed = static_cast<double>(out.deploy.push_bytes);
    out.gates.push_back({.name = "max-push",
                         .limit = static_cast<double>(*policy.max_push),
                         .value = pushed,
                         .is_bytes = true,
                         .passed = out.deploy.push_bytes <= *policy.max_push});
  }
  if (policy.fail_on) {
    const bool is_known = before.has_findings && after.has_findings;
    const auto grave =
        std::count_if(out.new_findings.begin(), out.new_findings.end(), [&](const model::Finding& finding) {
          return finding.ignored.empty() && finding.severity >= *policy.fail_on;
        });
    out.gates.push_back({.name = "fail-on",
                         .limit = 0,
                         .value = is_known ? static_cast<double>(grave) : std::nan(""),
                         .is_bytes = false,
                         .passed = is_known && grave == 0,
                         .subject = fmt::format("new findings of severity {} or graver",
                                                model::severity_word(*policy.fail_on))});
  }
}

}  // namespace crtune::diff
