// What every report in HTML is told besides what it reports.
#pragma once

#include "core/base/byte_size.hpp"
#include "core/model/finding.hpp"

#include <span>

namespace crtune::report {

struct HtmlOptions {
  std::span<const model::RuleText> rules = {};  // what is said of the rules of the findings
  base::Units units = base::Units::si;
};

}  // namespace crtune::report
