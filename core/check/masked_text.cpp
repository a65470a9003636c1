#include "core/check/masked_text.hpp"

#include "core/secret/scan.hpp"

#include <algorithm>

namespace crtune::check {
namespace {

void cover(std::string& text, dockerfile::Span span) {
  for (std::size_t i = span.begin; i < std::min(span.end, text.size()); ++i)
    if (text[i] != '\n' && text[i] != '\r') text[i] = '*';
}

}  // namespace

std::string masked_text(const dockerfile::Document& document) {
  std::string out = document.text;
  for (const auto& hit : secret::scan_file("Dockerfile", document.text, {}))
    cover(out, {hit.offset, hit.offset + hit.length});
  for (const auto& instruction : document.instructions) {
    for (const auto& hit : secret::scan_words(instruction.joined.text(), {}))
      cover(out, instruction.joined.span(hit.offset, hit.offset + hit.length));
    for (const auto& one : instruction.assignments)
      if (one.value)
        for (const auto& hit : secret::scan_variable(one.name, *one.value, {}))
          cover(out, {one.value_span.begin + hit.offset, one.value_span.begin + hit.offset + hit.length});
  }
  return out;
}

}  // namespace crtune::check
