#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/analysis/rules/user_identity.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_user_exists(const Subject& subject, Findings& findings) {
  const Identity identity = identity_of(subject);
  constexpr std::size_t kShownName = 60;
  if (identity.user_is_missing)
    findings.add(fmt::format("USER {} stands in no line of /etc/passwd: the container does not start",
                             base::one_line(identity.user, kShownName)),
                 identity.user == "root" ? "USER 0:0, or better USER 65532:65532"
                                         : "USER 65532:65532, as a number needs no /etc/passwd");
  if (identity.group_is_missing)
    findings.add(
        fmt::format(
            "USER {} names a group that stands in no line of /etc/group: the container does not start",
            base::one_line(subject.image.config.user, kShownName)),
        "USER 65532:65532, as numbers need no /etc/group");
}

}  // namespace crtune::analysis::rules
