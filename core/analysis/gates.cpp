#include "core/analysis/gates.hpp"

namespace crtune::analysis {

using model::Analysis;
using model::GateResult;
using model::Policy;

std::vector<GateResult> check_gates(const Analysis& analysis, const Policy& policy) {
  std::vector<GateResult> gates;
  const auto at_most = [&](std::string name, double limit, double value, bool is_bytes) {
    gates.push_back({.name = std::move(name),
                     .limit = limit,
                     .value = value,
                     .is_bytes = is_bytes,
                     .passed = !(value > limit)});
  };
  const auto at_least = [&](std::string name, double limit, double value) {
    gates.push_back({.name = std::move(name),
                     .limit = limit,
                     .value = value,
                     .is_bytes = false,
                     .passed = !(limit > value)});
  };
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  const std::uint64_t counted = analysis.reclaimable() - analysis.ignored_bytes;
  if (policy.max_size) at_most("max-size", number(*policy.max_size), number(analysis.uncompressed), true);
  if (policy.max_layers)
    at_most("max-layers", number(*policy.max_layers), number(analysis.layers.size()), false);
  if (policy.max_reclaimable)
    at_most("max-reclaimable", number(*policy.max_reclaimable), number(counted), true);
  if (policy.max_reclaimable_percent) {
    const double percent =
        analysis.uncompressed == 0 ? 0 : 100.0 * number(counted) / number(analysis.uncompressed);
    at_most("max-reclaimable-percent", *policy.max_reclaimable_percent, percent, false);
    // A small image has a large share of waste soon: the floor must be exceeded as well.
    if (policy.reclaimable_floor && counted <= *policy.reclaimable_floor) gates.back().passed = true;
  }
  if (policy.min_efficiency) at_least("min-efficiency", *policy.min_efficiency, analysis.dive.efficiency);
  if (policy.dive_lowest_efficiency)
    at_least("lowestEfficiency", *policy.dive_lowest_efficiency, analysis.dive.efficiency);
  if (policy.dive_highest_wasted_bytes)
    at_most("highestWastedBytes", number(*policy.dive_highest_wasted_bytes),
            number(analysis.dive.wasted_bytes), true);
  if (policy.dive_highest_user_wasted_percent)
    at_most("highestUserWastedPercent", *policy.dive_highest_user_wasted_percent,
            analysis.dive.user_wasted_percent, false);
  return gates;
}

}  // namespace crtune::analysis
