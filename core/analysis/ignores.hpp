// What a policy accepts, and until when.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/policy.hpp"

#include <string>
#include <vector>

namespace crtune::analysis {

// Marks the findings that the policy accepts today (YYYY-MM-DD) with its reason. A finding without a path is
// met by ignores that name its rule and no path.
void accept_findings(const model::Policy& policy, const std::string& today,
                     std::vector<model::Finding>& findings);

// A sentence for each ignore whose last day is over.
std::vector<std::string> expired_ignores(const model::Policy& policy, const std::string& today);

}  // namespace crtune::analysis
