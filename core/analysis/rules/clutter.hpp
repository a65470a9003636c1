// What the rules on the contents of layers have in common: kinds of files, counted by the census, with the
// words for each.
#pragma once

#include "core/analysis/rules/cure.hpp"
#include "core/analysis/rules/rule.hpp"

namespace crtune::analysis::rules {

struct ClutterRow {
  Clutter clutter = Clutter::none;
  std::string_view what;  // with its verb: "apt's package lists are"
  Cure cure;
};

// Less than this is not worth a line in a report.
inline constexpr std::uint64_t kWorthSaying = 64U << 10U;

// A warning from 10 MB on, or from a twentieth of the image on; else worth knowing only.
model::Severity severity_of(const Subject& subject, std::uint64_t bytes);

// One finding for each of the user's layers and each row with at least `smallest` bytes.
void report_clutter(const Subject& subject, Findings& findings, std::span<const ClutterRow> rows,
                    std::uint64_t smallest = kWorthSaying);
// The same for one layer and row; nullptr where there is too little.
model::Finding* report_total(const Subject& subject, Findings& findings, std::uint32_t layer,
                             const ClutterRow& row, std::uint64_t smallest = kWorthSaying);

}  // namespace crtune::analysis::rules
