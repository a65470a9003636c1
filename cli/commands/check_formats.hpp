// The formats of `check`.
#pragma once

#include "cli/outputs.hpp"
#include "core/model/finding.hpp"
#include "core/report/check_report.hpp"

#include <span>
#include <string>

namespace crtune::cli {

struct CheckOutcome {
  report::CheckReport report;
  std::span<const model::RuleText> rules;
  std::string subject;  // what was checked
  std::string diff;     // of --fix; goes before a text report
  bool only_diff = false;
};

std::span<const Format> check_formats();
std::string write_check(std::size_t format, const CheckOutcome& outcome, const Canvas& canvas);

}  // namespace crtune::cli
