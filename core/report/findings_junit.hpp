// Gates and findings as JUnit XML, which every CI system shows as tests.
#pragma once

#include "core/report/findings.hpp"

#include <string>

namespace crtune::report {

// One suite of gates and one of rules. A rule fails by its errors and warnings; what it has of infos alone is
// output of a passed test, and a rule whose findings are all accepted is skipped with the reason. No times:
// two runs are the same.
std::string findings_junit(const Results& results, const Subject& subject);

}  // namespace crtune::report
