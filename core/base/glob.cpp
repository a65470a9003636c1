#include "core/base/glob.hpp"

#include <cstddef>
#include <vector>

namespace crtune::base {
namespace {

// Matches one `[...]` set at pattern[at]; sets `next` past it. A set without an end is taken literally.
bool set_matches(std::string_view pattern, std::size_t at, char byte, std::size_t& next) {
  const auto end = pattern.find(']', at + 2);
  if (end == std::string_view::npos) {
    next = at + 1;
    return byte == '[';
  }
  next = end + 1;
  std::string_view set = pattern.substr(at + 1, end - at - 1);
  const bool negated = set.front() == '!' || set.front() == '^';
  if (negated) set.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i + 2 < set.size() && set[i + 1] == '-') {
      found = found || (set[i] <= byte && byte <= set[i + 2]);
      i += 2;
    } else {
      found = found || set[i] == byte;
    }
  }
  return found != negated;
}

// Set of pattern positions that are alive after each character: linear in pattern × path, without recursion.
class Matcher {
 public:
  explicit Matcher(std::string_view pattern) : pattern_(pattern), alive_(pattern.size() + 1) {
    wake(0, alive_);
  }

  void step(char byte) {
    std::vector<bool> next(pattern_.size() + 1);
    for (std::size_t at = 0; at < pattern_.size(); ++at) {
      if (!alive_[at]) continue;
      std::size_t after = at + 1;
      if (pattern_[at] == '*') {
        const bool deep = at + 1 < pattern_.size() && pattern_[at + 1] == '*';
        if (deep || byte != '/') wake(at, next);
      } else if (pattern_[at] == '?') {
        if (byte != '/') wake(after, next);
      } else if (pattern_[at] == '[') {
        if (set_matches(pattern_, at, byte, after) && byte != '/') wake(after, next);
      } else if (pattern_[at] == byte) {
        wake(after, next);
      }
    }
    alive_ = std::move(next);
  }
  bool accepted() const { return alive_[pattern_.size()]; }

 private:
  // Marks `at` and every position reachable from it without a character.
  void wake(std::size_t at, std::vector<bool>& states) const {
    while (!states[at]) {
      states[at] = true;
      if (at == pattern_.size() || pattern_[at] != '*') return;
      const bool deep = at + 1 < pattern_.size() && pattern_[at + 1] == '*';
      // "**/" also stands for no folder at all.
      if (deep && at + 2 < pattern_.size() && pattern_[at + 2] == '/') wake(at + 3, states);
      at += deep ? 2 : 1;
    }
  }

  std::string_view pattern_;
  std::vector<bool> alive_;
};

bool matches_whole(std::string_view pattern, std::string_view path) {
  Matcher matcher(pattern);
  for (const char byte : path) matcher.step(byte);
  return matcher.accepted();
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  const bool rooted = !pattern.empty() && pattern.front() == '/';
  if (rooted) pattern.remove_prefix(1);
  if (pattern.empty()) return path.empty();
  if (pattern.back() == '/') {
    // A folder: everything below it.
    pattern.remove_suffix(1);
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/', slash + 1))
      if (matches_whole(pattern, path.substr(0, slash))) return true;
    return false;
  }
  if (matches_whole(pattern, path)) return true;
  const bool bare = !rooted && pattern.find('/') == std::string_view::npos;
  return bare && matches_whole(pattern, path.substr(path.rfind('/') + 1));
}

}  // namespace crtune::base
