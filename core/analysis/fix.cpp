#include "core/analysis/fix.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis {

using model::Fate;
using model::LayerSummary;
using model::WasteGroup;

namespace {

constexpr std::size_t kInstructionColumns = 110;

bool is_run(const LayerSummary& layer) {
  return layer.instruction.starts_with("RUN ");
}
bool is_copy(const LayerSummary& layer) {
  return layer.instruction.starts_with("COPY ") || layer.instruction.starts_with("ADD ");
}

std::string shell_of(const LayerSummary& layer) {
  return base::one_line(std::string_view(layer.instruction).substr(4), kInstructionColumns);
}

// "COPY --chmod=0755 …" from "COPY …".
std::string copy_with(const std::string& flags, const LayerSummary& made) {
  const auto space = made.instruction.find(' ');
  return base::one_line(
      fmt::format("{} {}{}", made.instruction.substr(0, space), flags, made.instruction.substr(space + 1)),
      kInstructionColumns);
}

std::string metadata_flags(const WasteGroup& group) {
  std::string flags;
  // COPY gives every file the same mode and owner.
  if (!group.uniform) return flags;
  if ((group.changes & model::change_owner) != 0)
    flags += fmt::format("--chown={}:{} ", group.new_uid, group.new_gid);
  if ((group.changes & model::change_mode) != 0) flags += fmt::format("--chmod={:04o} ", group.new_mode);
  return flags;
}

std::string fix_metadata(const WasteGroup& group, const LayerSummary& made, const LayerSummary& culprit) {
  const std::string flags = metadata_flags(group);
  if (made.base)
    return "the base image ships these bytes and this layer ships them again: leave the files as the base "
           "has them";
  if (is_copy(made) && !flags.empty())
    return fmt::format("{}  and drop the later change", copy_with(flags, made));
  if (is_run(made) && is_run(culprit)) return fmt::format("RUN {} && {}", shell_of(made), shell_of(culprit));
  if (is_copy(made) && is_run(culprit) && !group.uniform)
    return fmt::format("RUN {}  in the stage that {} takes its files from", shell_of(culprit),
                       base::one_line(made.instruction, 60));
  if (is_copy(made))
    return fmt::format("copy the files once: drop layer {}'s {}", group.culprit_layer,
                       base::one_line(culprit.instruction, 60));
  return "make the change in the instruction that writes the files";
}

std::string fix_deleted(const WasteGroup& group, const std::string& path, const LayerSummary& made,
                        const LayerSummary& culprit) {
  if (made.base)
    return "the base image ships these bytes, so deleting them frees nothing: choose a smaller base image";
  if (is_run(made) && is_run(culprit)) return fmt::format("RUN {} && {}", shell_of(made), shell_of(culprit));
  if (is_copy(made) && is_run(culprit))
    return fmt::format("RUN --mount=type=bind,target=/src … instead of {}, or keep {} in a build stage",
                       base::one_line(made.instruction, 60), path);
  return fmt::format("do not put {} into layer {}", path, group.layer);
}

std::string fix_overwritten(const WasteGroup& group, const std::string& path, const LayerSummary& made,
                            const LayerSummary& culprit) {
  if (made.base)
    return fmt::format("the base image ships {}: take a base that has the version you want", path);
  if (is_run(made) && is_run(culprit)) return fmt::format("RUN {} && {}", shell_of(made), shell_of(culprit));
  if (is_copy(made) && is_copy(culprit))
    return fmt::format("copy the final version only: drop layer {}'s {}", group.layer,
                       base::one_line(made.instruction, 80));
  return fmt::format("write {} once, in layer {}", path, group.culprit_layer);
}

}  // namespace

std::string fix_line(const WasteGroup& group, const std::string& raw_path, const LayerSummary& made,
                     const LayerSummary& culprit) {
  const std::string path = base::one_line(raw_path, 80);
  switch (group.cause) {
    case Fate::metadata_only: return fix_metadata(group, made, culprit);
    case Fate::deleted: return fix_deleted(group, path, made, culprit);
    case Fate::overwritten: return fix_overwritten(group, path, made, culprit);
    case Fate::repeated:
      return "the builder wrote the path twice into one layer: rebuild it with a current builder";
    case Fate::live: break;
  }
  return {};
}

}  // namespace crtune::analysis
