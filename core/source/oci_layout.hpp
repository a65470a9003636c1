// OCI image layouts, as folders and as archives.
// Source: opencontainers/image-spec image-layout.md, image-index.md, manifest.md.
#pragma once

#include "core/source/recipe.hpp"

namespace crtune::source {

// The image that `selection` means, from index.json through nested indexes. Attestations and platforms whose
// blobs are absent are passed over; a sole platform is taken with a note even where another was meant by
// default. Errors: usage (several images, or a platform that is not there), invalid, damaged, limit,
// unsupported.
base::Result<Recipe> read_oci_layout(MemberStore& members, const Selection& selection);

}  // namespace crtune::source
