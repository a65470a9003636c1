#include "core/base/path.hpp"
#include "core/check/image_paths.hpp"
#include "core/check/rules/go_builds.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_embedded_file(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  const auto* context = subject.around.context;
  if (project == nullptr || context == nullptr || context->ignore_path.empty() || go_builds(subject).empty())
    return;
  for (const auto& kept : project->kept_files) {
    const std::string path = context_path(base::join_path(subject.around.project_folder, kept));
    const auto line = context->ignore.hiding_line(path);
    if (line == 0) continue;
    findings
        .add_file(context->ignore_path, line, 1,
                  fmt::format("this hides {}, which //go:embed needs", shown(path)))
        .say(fmt::format("!{}", shown(path)));
  }
}

}  // namespace crtune::check::rules
