#include "core/check/rules/rules.hpp"

#include <algorithm>

namespace crtune::check::rules {

void check_no_bytecode(const Subject& subject, Findings& findings) {
  const auto value = subject.final_environment("PYTHONDONTWRITEBYTECODE");
  if (!value || value->empty() || *value == "0") return;
  const bool compiles = std::any_of(subject.calls.begin(), subject.calls.end(), [](const Call& call) {
    return call.has({"compileall"}) || call.has({"--compile-bytecode", "--compile"}) ||
           call.program() == "compileall";
  });
  if (compiles) return;
  for (const auto i : subject.final_instructions) {
    if (subject.at(i).keyword != "ENV") continue;
    for (const auto& one : subject.at(i).assignments) {
      if (one.name == "UV_COMPILE_BYTECODE") return;
      if (one.name == "PYTHONDONTWRITEBYTECODE")
        findings.add_span(i, one.span, "every start compiles the modules anew")
            .say("RUN python -m compileall -q . after the last COPY");
    }
  }
}

}  // namespace crtune::check::rules
