#include "core/check/rules/go_builds.hpp"

#include <algorithm>

namespace crtune::check::rules {
namespace {

// What ENV says before this instruction, in its stage and those below.
std::string environment(const Subject& subject, std::size_t stage, std::size_t before,
                        std::string_view name) {
  std::string out;
  auto chain = subject.stages.chain(stage);
  std::reverse(chain.begin(), chain.end());
  for (const auto one : chain)
    for (std::size_t i = subject.stages.all[one].from; i < std::min(subject.stages.all[one].end, before);
         ++i) {
      const auto& instruction = subject.at(i);
      if (instruction.keyword != "ENV" && instruction.keyword != "ARG") continue;
      for (std::size_t k = 0; k < instruction.assignments.size(); ++k)
        if (instruction.assignments[k].name == name) out = subject.facts(i).words[k].value.value_or("$");
    }
  return out;
}

// What the shell was told before the command: "X=1 go build", "export X=1 && go build".
std::string setting(const Subject& subject, const Call& build, std::size_t stage, const std::string& name) {
  std::string out = environment(subject, stage, build.instruction(), name);
  const std::string start = name + "=";
  for (const auto& call : subject.calls_of(build.instruction())) {
    for (const auto& word : call.command().assignments)
      if (word.text.starts_with(start) && (&call == &build || call.command().words.empty()))
        out = word.text.substr(start.size());
    if (call.program() == "export" || &call == &build)
      for (const auto& word : call.command().words)
        if (word.text.starts_with(start)) out = word.text.substr(start.size());
    if (&call == &build) break;
  }
  return out;
}

}  // namespace

std::vector<GoBuild> go_builds(const Subject& subject) {
  std::vector<GoBuild> out;
  for (const auto& call : subject.calls) {
    const auto stage = subject.facts(call.instruction()).stage;
    if (!stage || !subject.is_needed(*stage) || call.program() != "go" || call.words().size() < 2) continue;
    const auto& verb = call.words()[1].text;
    if (verb != "build" && verb != "install") continue;
    GoBuild build = {.call = &call, .stage = *stage};
    build.packages = call.operands(
        1, {"-o", "-ldflags", "-tags", "-gcflags", "-asmflags", "-mod", "-p", "-C", "-buildmode"});
    // Tools that a build needs are not the service.
    const bool remote = std::any_of(build.packages.begin(), build.packages.end(), [](const auto* word) {
      return word->text.find('@') != std::string::npos;
    });
    if (remote) continue;
    build.cgo = setting(subject, call, *stage, "CGO_ENABLED");
    build.go_flags = setting(subject, call, *stage, "GOFLAGS");
    build.arch = setting(subject, call, *stage, "GOARCH");
    out.push_back(std::move(build));
  }
  return out;
}

}  // namespace crtune::check::rules
