#include "core/check/ignore_file.hpp"

#include "core/base/path.hpp"
#include "core/dockerfile/characters.hpp"

#include <algorithm>
#include <optional>

namespace crtune::check {
namespace {

// One character of `[…]`, of which `pattern` begins behind the bracket. Returns how long the set is, or
// nothing where it has no end.
std::optional<std::size_t> set_length(std::string_view pattern, char c, bool& matches) {
  const bool negated = pattern.starts_with('^');
  bool found = false;
  std::size_t at = negated ? 1 : 0;
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    const char low = pattern[at];
    char high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    found = found || (c >= low && c <= high);
    ++at;
  }
  if (at >= pattern.size()) return std::nullopt;
  matches = found != negated;
  return at + 1;
}

// What a star may take: a plain one no "/".
struct Star {
  std::size_t pattern = 0;  // behind it
  std::size_t path = 0;     // how far it has taken
  bool folders = false;     // "**/" takes whole folders only
};

}  // namespace

bool ignore_pattern_matches(std::string_view pattern, std::string_view path) {
  std::size_t p = 0;
  std::size_t at = 0;
  std::optional<Star> star;    // the last "*"
  std::optional<Star> folder;  // the last "**"
  const auto retry = [&] {
    if (star && star->path < path.size() && path[star->path] != '/') {
      p = star->pattern;
      at = ++star->path;
      return true;
    }
    star.reset();
    if (!folder || folder->path >= path.size()) return false;
    if (folder->folders) {
      const auto slash = path.find('/', folder->path);
      if (slash == std::string_view::npos) return false;
      folder->path = slash;
    }
    p = folder->pattern;
    at = ++folder->path;
    return true;
  };
  while (at < path.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern.substr(p, 2) == "**") {
      p += 2;
      // "**/" is also no folder at all.
      const bool folders = p < pattern.size() && pattern[p] == '/';
      if (folders) ++p;
      folder = Star{p, at, folders};
      star.reset();
      continue;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      star = Star{++p, at, false};
      continue;
    }
    bool matches = false;
    std::size_t length = 1;
    if (p < pattern.size() && at < path.size()) {
      if (pattern[p] == '?') {
        matches = path[at] != '/';
      } else if (pattern[p] == '[') {
        const auto set = set_length(pattern.substr(p + 1), path[at], matches);
        length = set ? *set + 1 : 1;
        matches = set && matches && path[at] != '/';
      } else {
        if (pattern[p] == '\\' && p + 1 < pattern.size()) {
          ++p;
        }
        matches = pattern[p] == path[at];
      }
    }
    if (matches) {
      p += length;
      ++at;
    } else if (!retry()) {
      return false;
    }
  }
  return true;
}

IgnoreFile::IgnoreFile(std::string_view text) {
  std::uint64_t number = 0;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && patterns_.size() < kMaxPatterns) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.starts_with('#')) continue;
    line = dockerfile::trim(line);
    const bool keeps = line.starts_with('!');
    if (keeps) line = dockerfile::trim(line.substr(1));
    if (line.empty() || line.size() > kMaxPattern) continue;
    std::string clean = base::join_path("/", std::string(line).insert(0, line.starts_with('/') ? "" : "/"));
    while (clean.starts_with('/')) clean.erase(0, 1);
    if (clean.empty()) continue;
    has_exceptions_ = has_exceptions_ || keeps;
    patterns_.push_back({.text = std::move(clean), .keeps = keeps, .line = number});
  }
}

std::uint64_t IgnoreFile::hiding_line(std::string_view path) const {
  for (std::size_t i = patterns_.size(); i-- > 0;) {
    const Pattern& pattern = patterns_[i];
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
      if (ignore_pattern_matches(pattern.text, path.substr(0, end))) return pattern.keeps ? 0 : pattern.line;
      if (end == std::string_view::npos) break;
    }
  }
  return 0;
}

bool IgnoreFile::hides(std::string_view path) const {
  return hiding_line(path) > 0;
}

bool IgnoreFile::keeps_below(std::string_view folder) const {
  if (!has_exceptions_) return false;
  for (const auto& pattern : patterns_) {
    if (!pattern.keeps) continue;
    // A pattern with a star may reach anywhere; a plain one only along its own path.
    const bool plain = pattern.text.find_first_of("*?[") == std::string::npos;
    if (!plain || (pattern.text.size() > folder.size() && pattern.text.starts_with(folder))) return true;
  }
  return false;
}

}  // namespace crtune::check
