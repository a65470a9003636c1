// The names in two final file systems, side by side.
#pragma once

#include "core/diff/compare.hpp"
#include "core/diff/layers.hpp"

#include <cstdint>
#include <vector>

namespace crtune::diff {

inline constexpr std::uint32_t kNoFile = UINT32_MAX;

// For each path of Difference::paths, the file of either side that stands there, or kNoFile.
struct FilePairs {
  std::vector<std::uint32_t> before;
  std::vector<std::uint32_t> after;
};

// Fills `paths`, `files`, `counts` and `changes`. Errors: those of reading contents.
base::Result<FilePairs> compare_files(const Side& before, const Side& after, const LayerNames& names,
                                      model::Difference& out);

// Fills `growth` from `files`: the folders and files that explain the bytes.
void explain_growth(const Side& before, const Side& after, const FilePairs& pairs, model::Difference& out);

}  // namespace crtune::diff
