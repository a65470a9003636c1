// From a recipe to an image: reads the layers in parallel and checks what they are said to be.
#pragma once

#include "core/source/recipe.hpp"

#include <functional>
#include <vector>

namespace crtune::source {

enum class Verify : std::uint8_t { as_read, everything };

// Who looks at the contents of an image's files.
struct Inspection {
  // Of inputs that can be read only once: it is not known yet what will matter.
  const model::FileInspector* everything = nullptr;
  // Of each of so many layers; nullptr for a layer whose contents do not matter.
  std::function<std::vector<const model::FileInspector*>(const model::ImageConfig&, std::size_t layers)> plan;
};

// Errors: invalid (layers and diff IDs differ in number), damaged (a size or digest is wrong), limit,
// unsupported.
base::Result<model::Image> assemble(MemberStore& members, Recipe recipe, Verify verify,
                                    const Inspection& inspection, base::Reporter& reporter);

}  // namespace crtune::source
