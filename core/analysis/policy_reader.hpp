// A policy from the files that state one.
#pragma once

#include "core/base/result.hpp"
#include "core/base/yaml.hpp"
#include "core/model/policy.hpp"

namespace crtune::analysis {

// Adds what a .cloudrun-tune.yaml says to `policy`, without changing what is set already. Its keys are those
// of the flags (max-size, max-layers, max-reclaimable, max-reclaimable-percent, reclaimable-floor,
// min-efficiency, max-growth, max-package-growth, max-push, fail-on), and `ignore`: a list of {path, rule,
// reason, expires}. Errors: usage, with line and column.
base::Status read_policy(const base::YamlNode& root, const std::string& file, model::Policy& policy);

// Adds the rules of a .dive-ci file, with dive's defaults for the ones it does not state (efficiency 0.9,
// user wasted percent 0.1). "disabled", "off", "false" and "" switch a rule off. Errors: usage, with line and
// column.
base::Status read_dive_rules(const base::YamlNode& root, const std::string& file, model::Policy& policy);

// "10", "10%" or "12.5 %": a percentage from 0 to 100. Errors: usage.
base::Result<double> parse_percent(std::string_view text);
// A number from 0 to 1. Errors: usage.
base::Result<double> parse_fraction(std::string_view text);
// "1MB" or "5%": by how many bytes, or by how much of what it was, something may grow. Errors: usage.
base::Result<model::GrowthLimit> parse_growth(std::string_view text);
// error, warning or info; nothing for none. Errors: usage.
base::Result<std::optional<model::Severity>> parse_fail_on(std::string_view text);
// A whole number. Errors: usage.
base::Result<std::uint64_t> parse_count(std::string_view text);

}  // namespace crtune::analysis
