// Text that came from an input, made safe for a terminal or a log.
#pragma once

#include <string>
#include <string_view>

namespace crtune::base {

// Replaces control characters, invalid UTF-8 and bidirectional overrides by visible escapes (`\n`, `\x1b`,
// `\u202e`), so that no input can move the cursor, colour or reorder what a person reads. Valid text is
// unchanged.
std::string escape_controls(std::string_view text);

// The same, and newlines as spaces, cut to at most `columns` characters with a final "…".
std::string one_line(std::string_view text, std::size_t columns);

// The number of bytes of the well-formed UTF-8 sequence at the start of `text` (Unicode 15, table 3-7), or 0.
std::size_t utf8_sequence_length(std::string_view text);

}  // namespace crtune::base
