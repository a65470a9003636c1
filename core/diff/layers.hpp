// Which layers two images share, and what a deploy moves.
#pragma once

#include "core/diff/compare.hpp"

#include <string>
#include <vector>

namespace crtune::diff {

// What tells a layer from others: its diff ID. Where images are older than diff IDs, layers of both that hold
// the same entries with the same contents have the same made-up name; without contents, none.
struct LayerNames {
  std::vector<std::string> before;  // empty text: unknown
  std::vector<std::string> after;
};
base::Result<LayerNames> name_layers(const Side& before, const Side& after);

// Fills `layers` and `deploy`.
void compare_layers(const Side& before, const Side& after, const LayerNames& names, model::Difference& out);

}  // namespace crtune::diff
