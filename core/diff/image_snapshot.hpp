// What a comparison needs of an image that was read and analysed.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/model/snapshot.hpp"

namespace crtune::diff {

// `analysis` has its files, except of an executable. The image's entries are not copied but for the names of
// the final file system.
model::Snapshot snapshot_of(const model::Image& image, const model::Analysis& analysis);

}  // namespace crtune::diff
