// Does the image keep to the policy?
#pragma once

#include "core/model/analysis.hpp"

namespace crtune::analysis {

// One result for each rule the policy sets. Waste under an ignored glob does not count. dive's rules fail as
// in dive: a missed threshold is strictly worse than it, NaN passes and infinity fails.
std::vector<model::GateResult> check_gates(const model::Analysis& analysis, const model::Policy& policy);

}  // namespace crtune::analysis
