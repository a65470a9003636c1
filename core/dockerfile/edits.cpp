#include "core/dockerfile/edits.hpp"

#include <algorithm>

namespace crtune::dockerfile {

bool overlap(const Edit& a, const Edit& b) {
  if (a.span.begin == b.span.begin) return true;
  const Edit& first = a.span.begin < b.span.begin ? a : b;
  const Edit& second = a.span.begin < b.span.begin ? b : a;
  return second.span.begin < first.span.end;
}

std::string apply_edits(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const auto& edit : edits) {
    const std::size_t begin = std::min(edit.span.begin, text.size());
    if (begin < at) continue;
    out += text.substr(at, begin - at);
    out += edit.text;
    at = std::min(std::max(edit.span.end, begin), text.size());
  }
  out += text.substr(at);
  return out;
}

std::string_view line_end(const Document& document) {
  const bool windows =
      !document.lines.empty() && document.slice(document.lines.front().span).ends_with("\r\n");
  return windows ? "\r\n" : "\n";
}

Span whole_lines(const Document& document, const Instruction& instruction) {
  return {document.lines[instruction.first_line - 1].span.begin,
          document.lines[instruction.last_line - 1].span.end};
}

}  // namespace crtune::dockerfile
