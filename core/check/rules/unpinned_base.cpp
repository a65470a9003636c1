#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_unpinned_base(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    if (stage.base_stage || !stage.image || stage.image->empty() || subject.at(stage.from).words.empty())
      continue;
    const auto image = dockerfile::read_image_name(*stage.image);
    if (image.repository == "scratch" || !image.digest.empty()) continue;
    findings
        .add_span(stage.from, subject.at(stage.from).words.front().span,
                  fmt::format("{} has no digest", shown(*stage.image)))
        .say(fmt::format("FROM {}@sha256:…", shown(*stage.image)));
  }
}

}  // namespace crtune::check::rules
