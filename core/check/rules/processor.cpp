#include "core/check/rules/go_builds.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_processor(const Subject& subject, Findings& findings) {
  const auto is_other = [](std::string_view name) {
    return name.find("arm") != std::string_view::npos || name.find("aarch64") != std::string_view::npos ||
           name == "386" || name.find("s390x") != std::string_view::npos ||
           name.find("ppc64") != std::string_view::npos || name.find("riscv") != std::string_view::npos;
  };
  for (const auto& build : go_builds(subject))
    if (is_other(build.arch))
      findings.add_call(*build.call,
                        fmt::format("GOARCH is {}, and Cloud Run runs amd64", shown(build.arch)));
  const auto last = subject.stages.last();
  if (!last) return;
  for (const auto stage : subject.stages.chain(*last)) {
    const auto index = subject.stages.all[stage].from;
    const auto* flag = subject.at(index).flag("platform");
    if (flag != nullptr && flag->value && is_other(*flag->value))
      findings.add_span(
          index, flag->span,
          fmt::format("the image is for {}, and Cloud Run runs linux/amd64", shown(*flag->value)));
    const auto& words = subject.at(index).words;
    if (!words.empty() &&
        (words.front().text.starts_with("arm64v8/") || words.front().text.starts_with("arm32v")))
      findings.add_span(index, words.front().span,
                        "the base image is for arm, and Cloud Run runs linux/amd64");
  }
}

}  // namespace crtune::check::rules
