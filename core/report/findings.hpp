// Findings for a person and as JSON, the same for every command that finds.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/finding.hpp"
#include "core/report/json_writer.hpp"
#include "core/report/text_options.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::report {

// All that a run found, for the formats that machines read.
struct Results {
  std::span<const model::Finding> findings;
  std::span<const model::RuleText> rules;  // that were checked; findings of others are reported all the same
  std::span<const model::GateResult> gates;
};

// What was looked at.
struct Subject {
  std::string name;      // the image, or the checked file or folder
  bool is_image = true;  // paths of findings lie in the image; else they are files beside the caller
  bool is_executable =
      false;  // one file, which all findings are about: `name` says where it is, not their paths
};

// Indices of the findings: those that count before accepted ones, then by severity, bytes, rule, path and
// line.
std::vector<std::size_t> worst_first(std::span<const model::Finding> findings);

struct FindingCounts {
  std::uint64_t errors = 0;
  std::uint64_t warnings = 0;
  std::uint64_t infos = 0;
  std::uint64_t accepted = 0;  // by the policy; counted here alone
};
FindingCounts count_findings(std::span<const model::Finding> findings);
// "2 errors, 1 info (3 accepted)"; "no findings".
std::string counts_text(const FindingCounts& counts);

// "/app/x:3:14 in layer 2 (COPY . /app)", empty where nothing is known. Not escaped.
std::string place_text(const model::Finding& finding);

// The findings that count, worst first, `options.top` of them, and how many there are. Empty where there are
// none.
std::string findings_text(std::span<const model::Finding> findings, const TextOptions& options);

// The member `key` of the current object, in the order given; what is unknown is null.
void write_findings(JsonWriter& json, std::span<const model::Finding> findings,
                    std::string_view key = "findings");

}  // namespace crtune::report
