// The one line that ends a kind of waste.
#pragma once

#include "core/model/analysis.hpp"

#include <string>

namespace crtune::analysis {

// What to write instead of the instructions that made `group`, `path` being its largest file. `made` and
// `culprit` are the two layers.
std::string fix_line(const model::WasteGroup& group, const std::string& path, const model::LayerSummary& made,
                     const model::LayerSummary& culprit);

}  // namespace crtune::analysis
