#include "core/project/makefile.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

constexpr int kMaxDepth = 12;                    // of variables in variables
constexpr std::size_t kMaxExpanded = 1U << 16U;  // bytes of one line

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string unknown(std::string_view name) {
  return kUnknownBegin + std::string(name) + kUnknownEnd;
}

// Where the bracket at `open` closes, or the end.
std::size_t closing(std::string_view text, std::size_t open) {
  const char begin = text[open];
  const char end = begin == '(' ? ')' : '}';
  std::size_t depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == begin) ++depth;
    if (text[i] == end && --depth == 0) return i;
  }
  return text.size();
}

}  // namespace

Makefile::Makefile(std::string_view text) {
  for (std::uint64_t number = 1; !text.empty();) {
    Line line{.text = {}, .number = number, .recipe = text.front() == '\t'};
    for (bool more = true; more && !text.empty();) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view part = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      while (!part.empty() && part.back() == '\r') part.remove_suffix(1);
      more = !part.empty() && part.back() == '\\';
      if (more) part.remove_suffix(1);
      if (!line.text.empty()) line.text += '\n';
      line.text += part;
    }
    if (!line.recipe) read_variable(line);
    lines_.push_back(std::move(line));
  }
}

void Makefile::read_variable(const Line& line) {
  std::string_view text = trim(line.text);
  for (const std::string_view word : {"export ", "override "})
    if (text.starts_with(word)) text = trim(text.substr(word.size()));
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return;
  std::size_t end = equals;
  while (end > 0 &&
         (text[end - 1] == ':' || text[end - 1] == '?' || text[end - 1] == '+' || text[end - 1] == '!'))
    --end;
  const auto kind = text.substr(end, equals - end);
  const auto name = trim(text.substr(0, end));
  if (!is_name(name)) return;
  std::string value(trim(text.substr(equals + 1)));
  if (kind == "!") value = unknown("");
  const auto known = variables_.find(name);
  if (known == variables_.end()) {
    variables_.emplace(std::string(name), Variable{std::move(value), kind == "?"});
  } else if (kind == "+") {
    known->second.value += ' ' + value;
  } else if (kind != "?") {
    known->second = {std::move(value), false};
  }
}

std::string Makefile::initial(const std::string& name) const {
  const auto found = variables_.find(name);
  if (found == variables_.end() || !found->second.overridable) return {};
  const std::string value = expanded(found->second.value, 1);
  return value.find(kUnknownBegin) == std::string::npos ? value : std::string();
}

std::string Makefile::expanded(std::string_view text, int depth) const {
  std::string out;
  if (depth > kMaxDepth) return unknown("");
  for (std::size_t i = 0; i < text.size() && out.size() < kMaxExpanded; ++i) {
    if (text[i] == '`') {
      i = std::min(text.find('`', i + 1), text.size());
      out += unknown("");
      continue;
    }
    if (text[i] != '$' || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    const char next = text[++i];
    if (next == '(' || next == '{') {
      const std::size_t end = closing(text, i);
      out += reference(text.substr(i + 1, end - i - 1), depth);
      i = end;
    } else if (next != '$') {
      out += unknown("");  // $@, $<
    } else if (i + 1 < text.size() && (text[i + 1] == '(' || text[i + 1] == '{')) {
      const std::size_t end = closing(text, i + 1);
      const auto inside = text.substr(i + 2, end - i - 2);
      out += unknown(text[i + 1] == '{' && is_name(inside) ? inside : std::string_view());
      i = end;
    } else {
      std::size_t end = i + 1;
      while (end < text.size() && is_name(text.substr(end, 1)) && text[end] != '-' && text[end] != '.') ++end;
      out += unknown(text.substr(i + 1, end - i - 1));
      i = end - 1;
    }
  }
  return out;
}

std::string Makefile::reference(std::string_view inside, int depth) const {
  if (inside.starts_with("strip ")) return expanded(trim(inside.substr(6)), depth + 1);
  if (!is_name(inside)) return unknown("");  // a function of make
  const auto found = variables_.find(inside);
  if (found == variables_.end() || found->second.overridable) return unknown(inside);
  std::string value = expanded(found->second.value, depth + 1);
  // What the shell says is named after the variable that keeps it.
  for (std::size_t at = value.find(unknown("")); at != std::string::npos;
       at = value.find(unknown(""), at + 1))
    value.insert(at + 1, inside);
  return value;
}

}  // namespace crtune::project
