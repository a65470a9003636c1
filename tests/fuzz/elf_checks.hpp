// What must hold of every executable that was inspected, whatever its bytes were.
#pragma once

#include "core/model/binary.hpp"

#include <optional>
#include <string_view>

namespace crtune::fuzz {

// Inspects the file twice and without the division: the owners' bytes add up to the file's size, no owner
// stands twice, both times tell the same. Nothing where the file was refused.
std::optional<model::Binary> inspect_checked(std::string_view file);

}  // namespace crtune::fuzz
