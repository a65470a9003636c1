#include "core/check/rules/rules.hpp"

namespace crtune::check::rules {

void check_build_rights(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i)
    for (const auto& flag : subject.at(i).flags) {
      if (flag.name == "security" && flag.value == "insecure")
        findings.add_span(i, flag.span, "this RUN may do what the host may");
      if (flag.name == "network" && flag.value == "host")
        findings.add_span(i, flag.span, "this RUN reaches what the host reaches").as(model::Severity::info);
    }
}

}  // namespace crtune::check::rules
