#include "core/base/path.hpp"
#include "core/check/image_paths.hpp"
#include "core/check/rules/rules.hpp"
#include "core/check/rules/shell_edits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

// Whether any COPY or RUN of the image could bring this path.
bool may_bring(const Subject& subject, std::size_t index, const std::string& wanted,
               const std::string& source) {
  const auto& instruction = subject.at(index);
  const auto& words = subject.facts(index).words;
  if (instruction.keyword == "RUN")
    return !instruction.words.empty() &&
           instruction.joined.text().find(std::string(last_part(wanted))) != std::string::npos;
  if ((instruction.keyword != "COPY" && instruction.keyword != "ADD") || words.empty()) return false;
  if (!words.back().value || (subject.workdirs[index].empty() && !words.back().value->starts_with('/')))
    return true;
  const std::string target = image_path(subject.workdirs[index], *words.back().value);
  const bool around = wanted == target || wanted.starts_with(target == "/" ? target : target + "/") ||
                      target.starts_with(wanted + "/");
  if (!around) return false;
  // From another stage whole folders may come; from the context the names tell.
  if (instruction.flag("from") != nullptr) {
    const auto name = words.front().value ? last_part(*words.front().value) : std::string_view();
    return words.size() > 2 || target.starts_with(wanted) || name.find('.') != std::string_view::npos ||
           name.empty() || last_part(source) == name || wanted.find(std::string(name)) != std::string::npos ||
           *words.front().value == "/app" || *words.front().value == "/src";
  }
  for (const auto& one : context_sources(instruction, subject.facts(index))) {
    const std::string path = context_path(one);
    if (path.empty() || source == path || source.starts_with(path + "/") || path.starts_with(source + "/") ||
        path.find_first_of("*?[") != std::string::npos)
      return true;
  }
  return false;
}

}  // namespace

void check_runtime_file(const Subject& subject, Findings& findings) {
  const auto* project = subject.around.project;
  const auto start = start_instruction(subject);
  if (project == nullptr || !start || subject.stages.all.size() < 2) return;
  const std::string& workdir = subject.workdirs[*start];
  if (workdir.empty() && !subject.final_is_scratch()) return;
  for (const auto& file : project->runtime_files) {
    if (file.opened.starts_with('/')) continue;
    const std::string plain = file.opened.substr(0, file.opened.find_first_of("*?["));
    const std::string wanted = image_path(workdir, plain);
    const std::string source = context_path(
        base::join_path(subject.around.project_folder, file.path.substr(0, file.path.find_first_of("*?["))));
    const bool brought =
        std::any_of(subject.final_instructions.begin(), subject.final_instructions.end(),
                    [&](std::size_t index) { return may_bring(subject, index, wanted, source); });
    if (!brought)
      findings
          .add(*start, fmt::format("the program opens {} below {}, and nothing copies it there",
                                   shown(file.opened), workdir.empty() ? "/" : shown(workdir)))
          .say(fmt::format("COPY {} {}", shown(source), shown(wanted)));
  }
}

}  // namespace crtune::check::rules
