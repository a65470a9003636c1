// dive's own numbers, so that a .dive-ci file keeps meaning what it meant.
// Source: behaviour of wagoodman/dive v0.13.1, described afresh; its test images give the same numbers here.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"

namespace crtune::analysis {

// dive counts every copy of a file that stands in several layers, does not see the deletion of folders or
// opaque ones, and gives up on a layer at its first whiteout of something unknown: all that is kept. Linear
// in entries, where dive is quadratic in whiteouts.
model::DiveMetrics dive_metrics(const model::Image& image);

}  // namespace crtune::analysis
