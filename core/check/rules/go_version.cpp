#include "core/check/rules/rules.hpp"
#include "core/check/rules/versions.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_go_version(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  if (project == nullptr || project->go_line.empty()) return;
  for (std::size_t k = 0; k < subject.stages.all.size(); ++k) {
    const auto& stage = subject.stages.all[k];
    if (stage.base_stage || !stage.image || subject.at(stage.from).words.empty() || !subject.is_needed(k))
      continue;
    const auto image = dockerfile::read_image_name(*stage.image);
    if (image.short_name() != "golang" || !version_less(image.tag, project->go_line)) continue;
    auto& found = findings.add_span(
        stage.from, subject.at(stage.from).words.front().span,
        fmt::format("go.mod needs Go {}, the image has {}", shown(project->go_line), shown(image.tag)));
    const auto& word = subject.at(stage.from).words.front();
    const auto at = word.text.find(":" + image.tag);
    const std::size_t rest = image.tag.find_first_not_of("0123456789.");
    if (at == std::string::npos || !image.digest.empty()) continue;
    const std::string tag = project->go_line + (rest == std::string::npos ? "" : image.tag.substr(rest));
    found.unsafe().edit(word.span, word.text.substr(0, at + 1) + tag);
  }
}

}  // namespace crtune::check::rules
