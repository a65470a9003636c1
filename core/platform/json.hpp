// Strict JSON (RFC 8259) into base::Json.
#pragma once

#include "core/base/json.hpp"
#include "core/base/result.hpp"

#include <string_view>

namespace crtune::platform {

// What a document may have at most. Source: docs/limits.md.
struct JsonLimits {
  std::size_t bytes = 8U << 20U;
  std::size_t values = 1'000'000;
};

// Reads one document within `limits`, at most 64 levels deep. Refused, with the byte offset: two
// members of the same name (also when they differ by case alone, which Go's reader takes for the same), NaN,
// comments, a byte order mark, text after the document, lone surrogates, invalid UTF-8. `file` names the
// document in errors. Errors: invalid, limit.
base::Result<base::Json> parse_json(std::string_view text, const std::string& file,
                                    const JsonLimits& limits = {});

}  // namespace crtune::platform
