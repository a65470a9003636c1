#include "core/base/path.hpp"
#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {

void check_local_modules(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  if (project == nullptr || project->local_modules.empty()) return;
  for (const auto& call : subject.calls) {
    if (call.program() != "go" || call.words().size() < 3 || call.words()[1].text != "mod" ||
        call.words()[2].text != "download")
      continue;
    const auto stage = subject.facts(call.instruction()).stage;
    if (!stage) continue;
    std::vector<std::string> sources;
    for (std::size_t i = subject.stages.all[*stage].from; i < call.instruction(); ++i)
      for (auto& source : context_sources(subject.at(i), subject.facts(i)))
        sources.push_back(context_path(source));
    const bool bound = std::any_of(subject.at(call.instruction()).flags.begin(),
                                   subject.at(call.instruction()).flags.end(), [](const auto& flag) {
                                     return flag.name == "mount" && flag.value &&
                                            flag.value->find("type=bind") != std::string::npos;
                                   });
    for (const auto& module : project->local_modules) {
      const std::string folder = context_path(base::join_path(subject.around.project_folder, module.folder));
      const bool copied =
          bound || std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
            return source.empty() || source == folder || source.starts_with(folder + "/") ||
                   folder.starts_with(source + "/") || ignore_pattern_matches(source, folder + "/go.mod");
          });
      if (copied) continue;
      findings
          .add_call(call, fmt::format("go.mod replaces {} by {}, which is not copied yet", shown(module.path),
                                      shown(module.folder)))
          .say(fmt::format("COPY {0}/go.mod {0}/go.sum* {0}/ before this line", shown(folder)));
    }
  }
}

}  // namespace crtune::check::rules
