// The policy of a run: flags, .cloudrun-tune.yaml and .dive-ci of the working folder.
#pragma once

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/model/finding.hpp"
#include "core/model/policy.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace crtune::cli {

struct PolicyOptions {
  std::string config;
  std::string max_size, max_layers, max_reclaimable, max_reclaimable_percent, reclaimable_floor,
      min_efficiency;
  std::vector<std::string> ignores;
  std::string fail_on;
  std::string max_growth, max_package_growth, max_push;  // of comparisons
};

// Adds the gates of one image and --config, --ignore, --fail-on.
void add_policy_options(CLI::App& app, PolicyOptions& options);

// Adds the gates of two images and --config, --ignore, --fail-on.
void add_diff_policy_options(CLI::App& app, PolicyOptions& options);

// Adds --config, --ignore and --fail-on, whose default is error.
void add_check_policy_options(CLI::App& app, PolicyOptions& options);

// Flags win over .cloudrun-tune.yaml; the rules of .dive-ci stand beside both. Errors: usage, with line and
// column.
base::Result<model::Policy> read_policies(const PolicyOptions& options, Context& context);

// Whether any finding that counts reaches the severity; false where none is given.
bool findings_fail(std::span<const model::Finding> findings, std::optional<model::Severity> fail_on);

}  // namespace crtune::cli
