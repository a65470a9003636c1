#include "core/dockerfile/document.hpp"

#include <algorithm>

namespace crtune::dockerfile {

void JoinedText::append(std::string_view text, std::size_t offset) {
  if (text.empty() && !runs_.empty()) return;
  runs_.emplace_back(text_.size(), offset);
  text_ += text;
}

std::size_t JoinedText::offset(std::size_t at) const {
  if (runs_.empty()) return 0;
  // The end of a run belongs to that run, not to the next line.
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), at,
                                      [](std::size_t value, const auto& run) { return value < run.first; });
  const auto& run = after == runs_.begin() ? runs_.front() : *(after - 1);
  return run.second + (at - run.first);
}

Span JoinedText::span(std::size_t begin, std::size_t end) const {
  if (end <= begin) return {offset(begin), offset(begin)};
  return {offset(begin), offset(end - 1) + 1};
}

const Flag* Instruction::flag(std::string_view name) const {
  const auto found =
      std::find_if(flags.begin(), flags.end(), [&](const Flag& one) { return one.name == name; });
  return found == flags.end() ? nullptr : &*found;
}

Place Document::place(std::size_t offset) const {
  if (lines.empty()) return {1, 1};
  const auto after =
      std::upper_bound(lines.begin(), lines.end(), offset,
                       [](std::size_t value, const Line& line) { return value < line.span.begin; });
  const auto index =
      after == lines.begin() ? std::size_t{0} : static_cast<std::size_t>(after - lines.begin()) - 1;
  const Line& line = lines[index];
  return {index + 1, std::min(offset, line.span.end) - line.span.begin + 1};
}

std::string_view Document::slice(Span span) const {
  if (span.empty() || span.begin >= text.size()) return {};
  return std::string_view(text).substr(span.begin, span.end - span.begin);
}

std::string_view Document::line_text(std::uint64_t number) const {
  if (number == 0 || number > lines.size()) return {};
  const Line& line = lines[number - 1];
  return slice({line.span.begin, line.end});
}

std::string print(const Document& document) {
  std::string out;
  out.reserve(document.text.size());
  for (const auto& line : document.lines) {
    out += document.slice({line.span.begin, line.end});
    out += document.slice({line.end, line.span.end});
  }
  return out;
}

}  // namespace crtune::dockerfile
