// The smaller parts of a comparison.
#pragma once

#include "core/model/difference.hpp"
#include "core/model/policy.hpp"
#include "core/model/snapshot.hpp"

namespace crtune::diff {

// Fills `settings`; adds a note where a saved report hides a value.
void compare_settings(const model::Snapshot& before, const model::Snapshot& after, model::Difference& out);

// Fills `binaries`. Executables are paired by their path; of those left, Go programs by their main package.
void compare_binaries(const model::Snapshot& before, const model::Snapshot& after, model::Difference& out);

// Fills the findings: new, fixed and remaining ones. Equal are those of the same rule about the same thing;
// numbers in their messages may differ. What the policy accepts is not new.
void compare_findings(const model::Snapshot& before, const model::Snapshot& after, model::Difference& out);

// One result for each rule that the policy sets, and for packages one for each that grew too much. What
// cannot be judged, because a saved report lacks it, fails.
void check_gates(const model::Snapshot& before, const model::Snapshot& after, const model::Policy& policy,
                 model::Difference& out);

}  // namespace crtune::diff
