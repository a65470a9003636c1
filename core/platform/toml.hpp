// One TOML 1.0 document into base::TomlNode.
#pragma once

#include "core/base/result.hpp"
#include "core/base/toml.hpp"

#include <string>
#include <string_view>

namespace crtune::platform {

// Reads a document of at most 1 MiB, 100,000 values and 64 levels. `file` names it in errors, which carry
// line and column. Errors: invalid, limit. Source of the grammar: https://toml.io/en/v1.0.0
base::Result<base::TomlNode> parse_toml(std::string_view text, const std::string& file);

}  // namespace crtune::platform
