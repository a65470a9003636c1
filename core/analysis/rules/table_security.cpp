#include "core/analysis/rules/rules.hpp"

#include <array>

namespace crtune::analysis::rules {

using model::Severity;

std::span<const Rule> security_rules() {
  static constexpr std::array kRules = {
      Rule{{"IMG401", "Runs as root", Severity::warning,
            "Cloud Run's sandbox contains root, yet a break-in through the service may then change every "
            "file of the container and use what set-uid files and capabilities give.",
            "Name a numeric user in the last stage: USER 65532:65532"},
           check_root_user},
  };
  return kRules;
}

}  // namespace crtune::analysis::rules
