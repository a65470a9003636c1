#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_wget_and_curl(const Subject& subject, Findings& findings) {
  const Call* wget = nullptr;
  const Call* curl = nullptr;
  for (const auto& call : subject.calls) {
    if (!subject.is_final(call.instruction())) continue;
    if (call.program() == "wget" && wget == nullptr) wget = &call;
    if (call.program() == "curl" && curl == nullptr) curl = &call;
  }
  if (wget == nullptr || curl == nullptr) return;
  const bool wget_later = wget->span().begin > curl->span().begin;
  findings.add_word(wget_later ? *wget : *curl, (wget_later ? *wget : *curl).words().front(),
                    fmt::format("wget and curl are both used; line {} has the other",
                                subject.document.place((wget_later ? *curl : *wget).span().begin).line));
}

}  // namespace crtune::check::rules
