// What a comparison can take from a saved report of `analyze`, schema cloudrun-tune/analyze/v1.
#pragma once

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/model/snapshot.hpp"

#include <string>
#include <string_view>

namespace crtune::diff {

inline constexpr std::string_view kReportSchema = "cloudrun-tune/analyze/v1";

// Whether the first bytes of a file may be those of a saved report: an object in JSON.
bool may_be_report(std::string_view head);

// `file` names the report in errors, which say which member is wrong. Members of reports of other versions
// that are absent leave out a part of the comparison. Sums that contradict each other are refused. Errors:
// invalid, limit.
base::Result<model::Snapshot> read_report(const base::Json& report, const std::string& file);

}  // namespace crtune::diff
