// What an image must keep to, from flags, .cloudrun-tune.yaml and .dive-ci.
#pragma once

#include "core/model/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crtune::model {

// Waste or findings that are known and accepted.
struct Ignore {
  std::string glob;  // of paths; empty: whatever the path, where a rule is named
  std::string reason;
  std::string rule = {};     // only this rule's findings; empty: waste too, and findings of every rule
  std::string expires = {};  // YYYY-MM-DD, the last day it holds; empty: for ever

  bool holds_on(const std::string& today) const {
    return expires.empty() || today.empty() || today <= expires;
  }
};

// How much something may grow: so many bytes, or so many percent of what it was. One of the two is set.
struct GrowthLimit {
  std::optional<std::uint64_t> bytes;
  std::optional<double> percent;
};

struct Policy {
  std::optional<std::uint64_t> max_size;  // bytes, uncompressed
  std::optional<std::uint64_t> max_layers;
  std::optional<std::uint64_t> max_reclaimable;  // bytes
  std::optional<double> max_reclaimable_percent;
  std::optional<std::uint64_t> reclaimable_floor;  // bytes; the percentage fails only above it
  std::optional<double> min_efficiency;            // dive's, 0 to 1
  // Rules of .dive-ci.
  std::optional<double> dive_lowest_efficiency;
  std::optional<std::uint64_t> dive_highest_wasted_bytes;
  std::optional<double> dive_highest_user_wasted_percent;  // a fraction
  // Rules of comparisons.
  std::optional<GrowthLimit> max_growth;          // of the image's content, uncompressed, or the executable
  std::optional<GrowthLimit> max_package_growth;  // of each Go package
  std::optional<std::uint64_t> max_push;          // bytes that a deploy must push
  std::optional<Severity> fail_on;                // a finding as grave fails; of a comparison, a new one
  std::vector<Ignore> ignores;
};

}  // namespace crtune::model
