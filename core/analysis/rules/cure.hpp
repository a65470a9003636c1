// The line to write instead, by the instruction that made a layer.
#pragma once

#include "core/model/analysis.hpp"

#include <span>
#include <string>
#include <string_view>

namespace crtune::analysis::rules {

// What made a layer, as far as its history tells.
enum class Maker : std::uint8_t {
  run,
  copy_context,  // COPY or ADD of the build context
  copy_stage,    // COPY of another stage or image: history does not name it, but its paths are absolute
  unknown,
};
Maker maker_of(const model::LayerSummary& layer);

// A part of an instruction and what to write in its place.
struct Swap {
  std::string_view from;
  std::string_view to;
};

struct Cure {
  std::string_view clean;   // the shell command that removes it where it is made; "{root}" is its path
  std::string_view ignore;  // the line of .dockerignore; the path itself where it is empty
  std::span<const Swap> swaps = {};  // what keeps it from being made; the first that fits
};

// The line for a layer with `root` (a path of the image), on one line.
std::string cure_line(const model::LayerSummary& layer, const Cure& cure, std::string_view root);

// "COPY --chmod=0755 . ." from "COPY . .".
std::string copy_with_flag(const model::LayerSummary& layer, std::string_view flag);

}  // namespace crtune::analysis::rules
