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
      Rule{{"IMG402", "Programs with set-uid or set-gid bits", Severity::warning,
            "Whoever gets to run one has its owner's rights for as long as it runs, so a service that is no "
            "longer root may become root again. A service behind HTTP needs none of them.",
            "RUN chmod a-s FILE in the instruction that installs it, or a base image without them."},
           check_set_id_programs},
      Rule{{"IMG403", "Files and folders that every user may write to", Severity::warning,
            "A break-in through the service may then change the program itself, whatever user it runs as. "
            "Cloud Run's file system is in memory, so what is written also counts as the instance's memory.",
            "COPY --chmod=u=rwX,go=rX; let the service write to /tmp alone."},
           check_world_writable},
      Rule{{"IMG404", "Ways to log in", Severity::warning,
            "Nothing logs in to a Cloud Run instance. Host keys and password hashes in an image are known to "
            "everyone who can pull it.",
            "Leave the SSH server out; delete what its package writes in the same RUN instruction."},
           check_login_files},
  };
  return kRules;
}

}  // namespace crtune::analysis::rules
