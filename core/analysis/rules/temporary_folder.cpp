#include "core/analysis/rules/affected_binaries.hpp"
#include "core/analysis/rules/start_rules.hpp"
#include "core/analysis/rules/user_identity.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

void check_temporary_folder(const Subject& subject, Findings& findings) {
  if (subject.start.program == kNoEntry) return;
  std::string folder = "/tmp";
  bool is_asked_for = false;
  for (const auto& variable : subject.image.config.environment)
    if (variable.starts_with("TMPDIR=/")) {
      folder = variable.substr(7);
      is_asked_for = true;
    }
  if (subject.files.resolve(folder)) return;
  for (const auto& volume : subject.image.config.volumes)
    if (volume == folder) return;
  auto& finding = findings.add(fmt::format("the image has no {}{}: creating a temporary file there fails",
                                           shown(folder), is_asked_for ? ", which TMPDIR names" : ""),
                               fmt::format("WORKDIR {}, before the last WORKDIR, makes it in a scratch "
                                           "image; or mount an in-memory volume there",
                                           shown(folder)));
  if (is_asked_for) finding.severity = model::Severity::warning;
}

}  // namespace crtune::analysis::rules
