// A JSON tree as text.
#pragma once

#include "core/base/json.hpp"

#include <string>

namespace crtune::base {

// The document with two spaces of indentation and a final newline; members in their order. Text that is not
// UTF-8 gets replacement characters; NaN and infinity are null.
std::string json_text(const Json& document);

}  // namespace crtune::base
