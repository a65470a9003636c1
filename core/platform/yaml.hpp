// One YAML document into base::YamlNode, with everything refused that makes YAML dangerous.
#pragma once

#include "core/base/result.hpp"
#include "core/base/yaml.hpp"

#include <string>
#include <string_view>

namespace crtune::platform {

// Reads the first document of at most 256 KiB and 32 levels. Refused, with line and column: anchors, aliases,
// tags, merge keys, two members of the same name, NUL bytes, text that is not UTF-8. `file` names it in
// errors. Errors: invalid, limit. Source of the guards: known hangs and crashes of yaml-cpp 0.7 on hostile
// text.
base::Result<base::YamlNode> parse_yaml(std::string_view text, const std::string& file);

}  // namespace crtune::platform
