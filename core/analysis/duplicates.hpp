// The same content at several paths of the final file system.
#pragma once

#include "core/analysis/merge.hpp"

namespace crtune::analysis {

// Files below this are not looked at: the advice would not be worth its reading.
inline constexpr std::uint64_t kSmallestDuplicate = 256U << 10U;

struct Duplicates {
  std::vector<model::Duplicate> groups;
  bool sampled = false;  // large files were compared by probes, so equality is an estimate
};

// Groups of live files of equal content and at least kSmallestDuplicate bytes, the largest saving first. Hard
// links of one file are one copy. Errors: those of `contents`.
base::Result<Duplicates> find_duplicates(const model::Image& image, const MergedTree& tree,
                                         model::ContentReader& contents, model::ContentReader::Depth depth);

}  // namespace crtune::analysis
