#include "core/analysis/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_root_user(const Subject& subject, Findings& findings) {
  const std::string user = subject.image.config.user.substr(0, subject.image.config.user.find(':'));
  if (!user.empty() && user != "root" && user != "0") return;
  findings.add(user.empty() ? "the container runs as root: no user is set" : "the container runs as root",
               "USER 65532:65532");
}

}  // namespace crtune::analysis::rules
