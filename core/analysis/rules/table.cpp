#include "core/analysis/rules/rules.hpp"

#include <array>
#include <vector>

namespace crtune::analysis::rules {

using model::Severity;

namespace {

std::span<const Rule> waste_rules() {
  static constexpr std::array kRules = {
      Rule{{"IMG101", "Deleted by a later layer, still shipped", Severity::warning,
            "A layer is immutable: what a later layer deletes is pushed, stored and imported with every "
            "deployment, and "
            "can be read by everyone who can pull the image.",
            "Delete in the instruction that creates, or create in a build stage and copy only what is "
            "needed."},
           check_deleted_later},
      Rule{{"IMG102", "Replaced by a later layer, still shipped", Severity::warning,
            "Both versions are pushed, stored and imported with every deployment.",
            "Write the file once, in its final form."},
           check_overwritten},
      Rule{{"IMG103", "Shipped again without a change of content", Severity::warning,
            "chmod, chown and touch in an instruction of their own copy every file they meet into a new "
            "layer.",
            "COPY --chmod and --chown set both while copying; in RUN, change the mode in the instruction "
            "that writes."},
           check_metadata_only},
      Rule{{"IMG104", "Written twice into one layer", Severity::warning,
            "The layer's archive holds the file twice; only the last one counts.",
            "Rebuild with a current builder."},
           check_repeated},
  };
  return kRules;
}

// The rules' words stand in the secret room.
std::span<const Rule> secret_rules() {
  static constexpr std::array kRules = {Rule{{}, check_secrets}};
  return kRules;
}

std::vector<Rule> join_families() {
  std::vector<Rule> rules;
  for (const auto family :
       {waste_rules(), contents_rules(), start_rules(), binary_rules(), security_rules(), secret_rules()})
    rules.insert(rules.end(), family.begin(), family.end());
  return rules;
}

}  // namespace

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = join_families();
  return rules;
}

}  // namespace crtune::analysis::rules
