#include "cli/policy_input.hpp"

#include "core/analysis/policy_reader.hpp"
#include "core/base/byte_size.hpp"
#include "core/platform/yaml.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace crtune::cli {

using base::ErrorCode;
using base::Result;
using base::Status;

namespace {

constexpr std::uint64_t kMaxConfiguration = 256U << 10U;

template <typename Value>
Status set(std::string_view flag, const std::string& text, Result<Value> (*parse)(std::string_view),
           std::optional<Value>& slot) {
  if (text.empty()) return {};
  auto value = parse(text);
  if (!value)
    return base::fail(ErrorCode::usage, fmt::format("--{}: {}", flag, value.error().message), {},
                      value.error().hint);
  slot = *value;
  return {};
}

Status read_file_into(Context& context, const std::string& path, model::Policy& policy,
                      Status (*read)(const base::YamlNode&, const std::string&, model::Policy&)) {
  // Whatever is wrong with a configuration, a missing one too, is the caller's mistake and not the image's.
  auto text = context.files.read(path, kMaxConfiguration);
  if (!text) {
    text.error().code = ErrorCode::usage;
    return base::fail(std::move(text).error());
  }
  auto tree = platform::parse_yaml(*text, path);
  if (!tree) {
    tree.error().code = ErrorCode::usage;
    return base::fail(std::move(tree).error());
  }
  return read(*tree, path, policy);
}

// Flags win over .cloudrun-tune.yaml; the rules of .dive-ci stand beside both.
}  // namespace

Result<model::Policy> read_policies(const PolicyOptions& options, Context& context) {
  model::Policy policy;
  CRT_TRY(set("max-size", options.max_size, base::parse_bytes, policy.max_size));
  CRT_TRY(set("max-layers", options.max_layers, analysis::parse_count, policy.max_layers));
  CRT_TRY(set("max-reclaimable", options.max_reclaimable, base::parse_bytes, policy.max_reclaimable));
  CRT_TRY(set("max-reclaimable-percent", options.max_reclaimable_percent, analysis::parse_percent,
              policy.max_reclaimable_percent));
  CRT_TRY(set("reclaimable-floor", options.reclaimable_floor, base::parse_bytes, policy.reclaimable_floor));
  CRT_TRY(set("min-efficiency", options.min_efficiency, analysis::parse_fraction, policy.min_efficiency));
  CRT_TRY(set("max-growth", options.max_growth, analysis::parse_growth, policy.max_growth));
  CRT_TRY(set("max-package-growth", options.max_package_growth, analysis::parse_growth,
              policy.max_package_growth));
  CRT_TRY(set("max-push", options.max_push, base::parse_bytes, policy.max_push));
  for (const auto& ignore : options.ignores) {
    const auto equals = ignore.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == ignore.size())
      return base::fail(ErrorCode::usage, fmt::format("--ignore: '{}' gives no reason", ignore), {},
                        "write --ignore 'GLOB=REASON'");
    policy.ignores.push_back({ignore.substr(0, equals), ignore.substr(equals + 1)});
  }
  constexpr auto kOwnFile = ".cloudrun-tune.yaml";
  constexpr auto kDiveFile = ".dive-ci";
  if (!options.config.empty() || context.files.kind(kOwnFile) != base::FileKind::absent)
    CRT_TRY(read_file_into(context, options.config.empty() ? kOwnFile : options.config, policy,
                           analysis::read_policy));
  if (context.files.kind(kDiveFile) != base::FileKind::absent)
    CRT_TRY(read_file_into(context, kDiveFile, policy, analysis::read_dive_rules));
  // Also none wins over the file.
  if (!options.fail_on.empty()) {
    CRT_ASSIGN(policy.fail_on, analysis::parse_fail_on(options.fail_on));
  }
  if (policy.reclaimable_floor && !policy.max_reclaimable_percent)
    return base::fail(ErrorCode::usage, "reclaimable-floor goes with max-reclaimable-percent", {},
                      "both must be exceeded for the gate to fail");
  return policy;
}

namespace {

void add_gate(CLI::App& app, const char* flag, std::string& slot, const char* help) {
  app.add_option(flag, slot, help)->group("Gates");
}

void add_shared_options(CLI::App& app, PolicyOptions& options, const char* fail_on) {
  app.add_option("--config", options.config,
                 "The policy file (default .cloudrun-tune.yaml, where there is one)");
  app.add_option("--fail-on", options.fail_on, fail_on)
      ->check(CLI::IsMember({"error", "warning", "info", "none"}))
      ->group("Gates");
  app.add_option("--ignore", options.ignores,
                 "Accept waste and findings of a path: GLOB=REASON; may stand several times")
      ->group("Gates");
}

}  // namespace

void add_policy_options(CLI::App& app, PolicyOptions& options) {
  add_gate(app, "--max-size", options.max_size, "Gate: bytes of content, uncompressed, e.g. 60MB");
  add_gate(app, "--max-layers", options.max_layers, "Gate: number of layers");
  add_gate(app, "--max-reclaimable", options.max_reclaimable, "Gate: bytes of waste, e.g. 5MB");
  add_gate(app, "--max-reclaimable-percent", options.max_reclaimable_percent,
           "Gate: waste in percent of the content");
  add_gate(app, "--reclaimable-floor", options.reclaimable_floor,
           "The percentage fails only above so many bytes");
  add_gate(app, "--min-efficiency", options.min_efficiency, "Gate: dive's efficiency, 0 to 1");
  add_shared_options(app, options,
                     "Gate: exit 1 where a finding is as grave: error, warning, info or none (default)");
}

void add_diff_policy_options(CLI::App& app, PolicyOptions& options) {
  add_gate(app, "--max-growth", options.max_growth,
           "Gate: growth of the content, uncompressed, or of the executable: 1MB or 5%");
  add_gate(app, "--max-package-growth", options.max_package_growth,
           "Gate: growth of any Go package: 100kB or 10% (a new package has no percentage and fails)");
  add_gate(app, "--max-push", options.max_push, "Gate: bytes that a deploy must push, e.g. 20MB");
  add_shared_options(app, options,
                     "Gate: exit 1 where a new finding is as grave: error, warning, info or none (default)");
}

void add_check_policy_options(CLI::App& app, PolicyOptions& options) {
  add_shared_options(app, options,
                     "Gate: exit 1 where a finding is as grave: error (default), warning, info or none");
}

bool findings_fail(std::span<const model::Finding> findings, std::optional<model::Severity> fail_on) {
  return fail_on && std::any_of(findings.begin(), findings.end(), [&](const model::Finding& finding) {
           return finding.ignored.empty() && finding.severity >= *fail_on;
         });
}

}  // namespace crtune::cli
