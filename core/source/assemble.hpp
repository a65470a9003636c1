// From a recipe to an image: reads the layers in parallel and checks what they are said to be.
#pragma once

#include "core/source/recipe.hpp"

#include <memory>

namespace crtune::source {

enum class Verify : std::uint8_t { as_read, everything };

// Errors: invalid (layers and diff IDs differ in number), damaged (a size or digest is wrong), limit,
// unsupported.
base::Result<model::Image> assemble(MemberStore& members, Recipe recipe, Verify verify,
                                    base::Reporter& reporter);

}  // namespace crtune::source
