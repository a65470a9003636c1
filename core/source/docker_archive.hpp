// docker save archives of every generation.
// Sources: moby image/spec v1.2 and v1.3; the pre-1.10 `repositories` file; kaniko's, crane's and podman's
// variants.
#pragma once

#include "core/source/recipe.hpp"

namespace crtune::source {

// The image that `selection` means, from manifest.json. Errors: usage where several are inside and none is
// named; invalid, limit.
base::Result<Recipe> read_docker_archive(MemberStore& members, const Selection& selection);

// The same from `repositories` and each layer's own `json`, as Docker before 1.10 wrote them.
base::Result<Recipe> read_legacy_archive(MemberStore& members, const Selection& selection);

}  // namespace crtune::source
