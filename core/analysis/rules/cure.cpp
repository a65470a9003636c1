#include "core/analysis/rules/cure.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::analysis::rules {

namespace {

constexpr std::size_t kInstructionColumns = 110;
constexpr std::size_t kPathColumns = 120;

std::string with_root(std::string_view command, std::string_view root) {
  constexpr std::string_view kToken = "{root}";
  std::string text(command);
  const std::string path = base::one_line(root, kPathColumns);
  for (std::size_t at = text.find(kToken); at != std::string::npos; at = text.find(kToken, at + path.size()))
    text.replace(at, kToken.size(), path);
  return text;
}

// The first source of COPY or ADD; flags are skipped.
std::string_view first_source(std::string_view instruction) {
  for (std::string_view rest = instruction.substr(instruction.find(' ') + 1); !rest.empty();) {
    const auto word = rest.substr(0, rest.find(' '));
    if (!word.starts_with("--")) return word;
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return {};
}

// The instruction with a swap made, or nothing where none fits.
std::string swapped(std::string_view instruction, std::span<const Swap> swaps) {
  for (const auto& [from, to] : swaps) {
    const auto at = instruction.find(from);
    if (at == std::string_view::npos || instruction.find(to) != std::string_view::npos) continue;
    const auto end = at + from.size();
    const bool is_word = end == instruction.size() || instruction[end] == ' ' || instruction[end] == ';';
    if (!is_word) continue;
    return std::string(instruction.substr(0, at)).append(to).append(instruction.substr(end));
  }
  return {};
}

}  // namespace

Maker maker_of(const model::LayerSummary& layer) {
  const std::string_view instruction = layer.instruction;
  if (instruction.starts_with("RUN ")) return Maker::run;
  if (!instruction.starts_with("COPY ") && !instruction.starts_with("ADD ")) return Maker::unknown;
  if (instruction.find("--from=") != std::string_view::npos) return Maker::copy_stage;
  return first_source(instruction).starts_with('/') ? Maker::copy_stage : Maker::copy_context;
}

std::string cure_line(const model::LayerSummary& layer, const Cure& cure, std::string_view root) {
  const std::string clean = with_root(cure.clean, root);
  switch (maker_of(layer)) {
    case Maker::run: {
      const auto other = swapped(layer.instruction, cure.swaps);
      if (!other.empty()) return base::one_line(other, kInstructionColumns + 40);
      return fmt::format("{} && {}", base::one_line(layer.instruction, kInstructionColumns), clean);
    }
    case Maker::copy_context:
      return fmt::format(".dockerignore: {}", cure.ignore.empty() ? base::one_line(root, kPathColumns)
                                                                  : with_root(cure.ignore, root));
    case Maker::copy_stage:
      return fmt::format("RUN {}  in the stage that {} takes its files from", clean,
                         base::one_line(layer.instruction, 60));
    case Maker::unknown: break;
  }
  return fmt::format("{}  in the instruction that writes it", clean);
}

std::string copy_with_flag(const model::LayerSummary& layer, std::string_view flag) {
  const std::string_view instruction = layer.instruction;
  const auto space = instruction.find(' ');
  return base::one_line(
      fmt::format("{} {} {}", instruction.substr(0, space), flag, instruction.substr(space + 1)),
      kInstructionColumns);
}

}  // namespace crtune::analysis::rules
