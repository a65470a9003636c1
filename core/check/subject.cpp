#include "core/check/subject.hpp"

#include "core/check/image_paths.hpp"
#include "core/dockerfile/words.hpp"

#include <algorithm>

namespace crtune::check {

Subject::Subject(const dockerfile::Document& file, const Surroundings& surroundings)
    : document(file), around(surroundings), stages(dockerfile::find_stages(file)) {
  scripts.resize(file.instructions.size());
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const auto& instruction = file.instructions[i];
    const bool runs =
        instruction.keyword == "RUN" || instruction.keyword == "CMD" || instruction.keyword == "ENTRYPOINT";
    if (runs) scripts[i] = dockerfile::scripts_of(file, instruction);
  }
  for (std::size_t i = 0; i < scripts.size(); ++i)
    if (file.instructions[i].keyword == "RUN")
      for (const auto& script : scripts[i])
        for (const auto& command : script.commands()) calls.emplace_back(i, script, command);
  find_final();
  find_workdirs();
}

void Subject::find_final() {
  final_.assign(document.instructions.size(), false);
  needed_.assign(stages.all.size(), false);
  const auto last = stages.last();
  if (!last) return;
  auto chain = stages.chain(*last);
  std::reverse(chain.begin(), chain.end());
  for (const auto stage : chain)
    for (std::size_t i = stages.all[stage].from; i < stages.all[stage].end; ++i) {
      final_[i] = true;
      final_instructions.push_back(i);
    }
  final_base_ = base_of(*last);
  // A stage only takes from earlier ones, so one pass from the end is enough.
  needed_[*last] = true;
  for (std::size_t stage = stages.all.size(); stage-- > 0;) {
    if (!needed_[stage]) continue;
    if (stages.all[stage].base_stage) needed_[*stages.all[stage].base_stage] = true;
    for (std::size_t i = stages.all[stage].from; i < stages.all[stage].end; ++i)
      for (const auto& flag : document.instructions[i].flags) {
        if (!flag.value) continue;
        std::string_view name = *flag.value;
        if (flag.name == "mount") {
          const auto from = name.find("from=");
          if (from == std::string_view::npos) continue;
          name = name.substr(from + 5);
          name = name.substr(0, name.find(','));
        } else if (flag.name != "from") {
          continue;
        }
        if (const auto found = stages.find(name, stage)) needed_[*found] = true;
      }
  }
}

void Subject::find_workdirs() {
  workdirs.resize(document.instructions.size());
  std::vector<std::string> at_end(stages.all.size());
  for (std::size_t stage = 0; stage < stages.all.size(); ++stage) {
    const auto& one = stages.all[stage];
    std::string now = one.base_stage ? at_end[*one.base_stage] : one.image == "scratch" ? "/" : "";
    for (std::size_t i = one.from; i < one.end; ++i) {
      workdirs[i] = now;
      if (document.instructions[i].keyword != "WORKDIR" || facts(i).words.empty()) continue;
      const auto& value = facts(i).words.front().value;
      const bool known = value && (value->starts_with('/') || !now.empty()) && facts(i).words.size() == 1;
      now = known && value->size() + now.size() < 1024 ? image_path(now, *value) : "";
    }
    at_end[stage] = now;
  }
}

std::optional<std::size_t> Subject::last_final(std::string_view keyword) const {
  for (std::size_t i = final_instructions.size(); i-- > 0;)
    if (document.instructions[final_instructions[i]].keyword == keyword) return final_instructions[i];
  return std::nullopt;
}

std::optional<dockerfile::ImageName> Subject::base_of(std::size_t stage) const {
  const auto image = stages.root_image(stage);
  if (!image || image->empty()) return std::nullopt;
  return dockerfile::read_image_name(*image);
}

std::optional<std::string> Subject::final_environment(std::string_view name) const {
  std::optional<std::string> out;
  for (const auto i : final_instructions) {
    const auto& instruction = document.instructions[i];
    if (instruction.keyword != "ENV") continue;
    for (std::size_t k = 0; k < instruction.assignments.size(); ++k)
      if (instruction.assignments[k].name == name) out = facts(i).words[k].value;
  }
  return out;
}

std::span<const Call> Subject::calls_of(std::size_t index) const {
  const auto less = [](const Call& call, std::size_t wanted) { return call.instruction() < wanted; };
  const auto begin = std::lower_bound(calls.begin(), calls.end(), index, less);
  const auto end = std::lower_bound(begin, calls.end(), index + 1, less);
  return {begin, end};
}

bool Subject::stage_sets(std::size_t stage, std::string_view name) const {
  for (const auto one : stages.chain(stage))
    for (std::size_t i = stages.all[one].from; i < stages.all[one].end; ++i) {
      if (document.instructions[i].keyword != "ENV") continue;
      for (const auto& assignment : document.instructions[i].assignments)
        if (assignment.name == name) return assignment.value != "0" && assignment.value != "false";
    }
  return false;
}

bool Subject::copies_context(std::size_t index) const {
  const auto& instruction = document.instructions[index];
  return (instruction.keyword == "COPY" || instruction.keyword == "ADD") &&
         instruction.flag("from") == nullptr;
}

}  // namespace crtune::check
