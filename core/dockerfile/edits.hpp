// Changes to the bytes of a Dockerfile.
#pragma once

#include "core/dockerfile/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crtune::dockerfile {

// `text` in place of the bytes of `span`; an empty span inserts.
struct Edit {
  Span span;
  std::string text;

  friend bool operator==(const Edit&, const Edit&) = default;
};

// Whether two changes touch the same bytes, or insert at the same place.
bool overlap(const Edit& a, const Edit& b);

// The text with all changes; they may stand in any order and must not overlap.
std::string apply_edits(std::string_view text, std::vector<Edit> edits);

// The line end that the file uses: that of its first line.
std::string_view line_end(const Document& document);
// The whole lines of an instruction with the last line end: what is to be cut to take it out.
Span whole_lines(const Document& document, const Instruction& instruction);

}  // namespace crtune::dockerfile
