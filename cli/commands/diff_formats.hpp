// The formats of `diff`, and how each is written.
#pragma once

#include "cli/outputs.hpp"
#include "core/base/byte_size.hpp"
#include "core/model/difference.hpp"
#include "core/model/finding.hpp"
#include "core/model/snapshot.hpp"

#include <span>
#include <string>

namespace crtune::cli {

struct DiffReport {
  const model::Snapshot& before;
  const model::Snapshot& after;
  const model::Difference& difference;
  std::span<const model::RuleText> rules = {};  // that were checked
  base::Units units = base::Units::si;
  std::size_t top = 10;
};

std::span<const Format> diff_formats();
std::string write_diff(std::size_t format, const DiffReport& report, const Canvas& canvas);

}  // namespace crtune::cli
