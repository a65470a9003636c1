#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_latest_base(const Subject& subject, Findings& findings) {
  for (const auto& stage : subject.stages.all) {
    if (stage.base_stage || !stage.image || subject.at(stage.from).words.empty()) continue;
    const auto image = dockerfile::read_image_name(*stage.image);
    // Free Chainguard images have no other tag.
    if (image.tag != "latest" || !image.digest.empty()) continue;
    auto& found = findings.add_span(stage.from, subject.at(stage.from).words.front().span,
                                    fmt::format("{} moves", shown(*stage.image)));
    if (image.registry == "cgr.dev") found.as(model::Severity::info);
    found.say(fmt::format("FROM {}:VERSION", shown(image.repository)));
  }
}

}  // namespace crtune::check::rules
