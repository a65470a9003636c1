#include "core/check/image_paths.hpp"
#include "core/check/rules/go_builds.hpp"
#include "core/check/rules/rules.hpp"

#include <fmt/format.h>

namespace crtune::check::rules {

void check_single_file(const Subject& subject, Findings& findings) {
  const auto* context = subject.around.context;
  for (const auto& build : go_builds(subject)) {
    if (build.packages.size() != 1 || !build.packages.front()->text.ends_with(".go")) continue;
    const auto& word = *build.packages.front();
    const auto slash = word.text.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : word.text.substr(0, slash);
    std::size_t others = 0;
    if (context != nullptr)
      for (const auto& file : context->files) {
        const auto at = file.path.rfind('/');
        const std::string place = at == std::string::npos ? "" : file.path.substr(0, at);
        const bool source = file.path.ends_with(".go") && !file.path.ends_with("_test.go");
        if (source && place == context_path(folder) && last_part(file.path) != last_part(word.text)) ++others;
      }
    auto& found = findings.add_word(
        *build.call, word,
        others > 0 ? fmt::format("{} is one of {} files of its package", shown(word.text), others + 1)
                   : fmt::format("{} is a file, not a package", shown(word.text)));
    if (others == 0) found.as(model::Severity::info);
    if (!build.call->is_editable() || !word.plain) continue;
    found.edit(build.call->span_of(word),
               folder.starts_with('.') || folder.starts_with('/') ? folder : "./" + folder);
    // "go build main.go" names its result after the file, "go build ." after the module.
    if (!build.call->has({"-o"})) found.unsafe();
  }
}

}  // namespace crtune::check::rules
