// Findings and failed gates as SARIF 2.1.0 (OASIS), within what GitHub code scanning takes.
#pragma once

#include "core/report/findings.hpp"

#include <string>
#include <string_view>

namespace crtune::report {

// Code scanning refuses a run with more results; what is left out is told in a notification of the run.
inline constexpr std::size_t kMaxSarifResults = 25'000;

struct ToolInfo {
  std::string_view name;
  std::string_view version;
  std::string_view uri;  // of its documentation; may be empty
};

// Failed gates come first, as results of rules GATE/<name>, then findings, worst first.
std::string findings_sarif(const Results& results, const ToolInfo& tool, const Subject& subject);

}  // namespace crtune::report
