// Strict JSON (RFC 8259) into base::Json.
#pragma once

#include "core/base/json.hpp"
#include "core/base/result.hpp"

#include <string_view>

namespace crtune::platform {

// Reads one document of at most 8 MiB, 64 levels and 1,000,000 values. Refused, with the byte offset: two
// members of the same name (also when they differ by case alone, which Go's reader takes for the same), NaN,
// comments, a byte order mark, text after the document, lone surrogates, invalid UTF-8. `file` names the
// document in errors. Errors: invalid, limit.
base::Result<base::Json> parse_json(std::string_view text, const std::string& file);

}  // namespace crtune::platform
