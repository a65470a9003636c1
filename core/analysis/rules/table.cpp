#include "core/analysis/rules/rules.hpp"

#include <array>

namespace crtune::analysis::rules {

using model::Severity;

std::span<const Rule> all_rules() {
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
      Rule{{"IMG401", "Runs as root", Severity::warning,
            "Cloud Run's sandbox contains root, yet a break-in through the service may then change every "
            "file of the "
            "container and use what set-uid files and capabilities give.",
            "Name a numeric user in the last stage: USER 65532:65532"},
           check_root_user},
      // The rules' words stand in the secret room.
      Rule{{}, check_secrets},
  };
  return kRules;
}

}  // namespace crtune::analysis::rules
