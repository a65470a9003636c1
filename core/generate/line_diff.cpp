#include "core/generate/line_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace crtune::generate {
namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMaxCells = 16'000'000;  // beyond this everything is shown as replaced

struct Edit {
  char kind = ' ';
  std::string_view line;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// The longest common subsequence by the textbook's table.
std::vector<Edit> edits(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::vector<Edit> out;
  const std::size_t width = b.size() + 1;
  if ((a.size() + 1) * width > kMaxCells) {
    for (const auto line : a) out.push_back({'-', line});
    for (const auto line : b) out.push_back({'+', line});
    return out;
  }
  std::vector<std::uint32_t> common((a.size() + 1) * width);
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      common[i * width + j] = a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                                           : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      out.push_back({' ', a[i++]});
      ++j;
    } else if (i < a.size() && (j == b.size() || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      out.push_back({'-', a[i++]});
    } else {
      out.push_back({'+', b[j++]});
    }
  }
  return out;
}

std::string range(std::size_t begin, std::size_t count) {
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unified_diff(const std::string& path, const std::string* old_text, std::string_view new_text) {
  if (old_text != nullptr && *old_text == new_text) return {};
  const std::string_view before = old_text == nullptr ? std::string_view() : std::string_view(*old_text);
  const auto all = edits(lines_of(before), lines_of(new_text));
  std::string out = fmt::format("--- {}\n+++ b/{}\n", old_text == nullptr ? "/dev/null" : "a/" + path, path);
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  std::size_t at = 0;
  while (at < all.size()) {
    if (all[at].kind == ' ') {
      ++old_line;
      ++new_line;
      ++at;
      continue;
    }
    // A hunk reaches on while the next change is near enough to share its context.
    const std::size_t begin = at - std::min(at, kContext);
    std::size_t end = at;
    for (std::size_t i = at; i < all.size() && i <= end + 2 * kContext; ++i)
      if (all[i].kind != ' ') end = i;
    end = std::min(end + 1 + kContext, all.size());
    const std::size_t lead = at - begin;
    const auto count = [&](char other) {
      return static_cast<std::size_t>(std::count_if(
          all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end),
          [other](const Edit& edit) { return edit.kind != other; }));
    };
    out += fmt::format("@@ -{} +{} @@\n", range(old_line - lead, count('+')),
                       range(new_line - lead, count('-')));
    for (std::size_t i = begin; i < end; ++i) out += fmt::format("{}{}\n", all[i].kind, all[i].line);
    for (std::size_t i = at; i < end; ++i) {
      old_line += all[i].kind != '+' ? 1U : 0U;
      new_line += all[i].kind != '-' ? 1U : 0U;
    }
    at = end;
  }
  return out;
}

}  // namespace crtune::generate
