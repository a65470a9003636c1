// What a builder leaves out of a context, told apart from how init writes it: a second reading of the rules.
// Source: https://github.com/moby/patternmatcher, MatchesOrParentMatches and the expression it compiles.
#pragma once

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::test {

class IgnoreRules {
 public:
  explicit IgnoreRules(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.empty() || line[0] == '#') continue;
      const bool keeps = line[0] == '!';
      if (keeps) line.remove_prefix(1);
      rules_.push_back({std::regex(expression(line)), keeps});
    }
  }

  bool hides(const std::string& path) const {
    bool hidden = false;
    for (const auto& rule : rules_)
      if (rule.keeps == hidden && matches(rule, path)) hidden = !rule.keeps;
    return hidden;
  }

 private:
  struct Rule {
    std::regex expression;
    bool keeps = false;
  };

  // The path itself, or a folder above it.
  static bool matches(const Rule& rule, const std::string& path) {
    if (std::regex_match(path, rule.expression)) return true;
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
      if (std::regex_match(path.substr(0, slash), rule.expression)) return true;
    return false;
  }

  static std::string expression(std::string_view pattern) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if (c == '*' && pattern.substr(i, 2) == "**") {
        ++i;
        if (pattern.substr(i + 1, 1) == "/") ++i;
        out += i + 1 == pattern.size() ? ".*" : "(.*/)?";
      } else if (c == '*') {
        out += "[^/]*";
      } else if (c == '?') {
        out += "[^/]";
      } else {
        if (std::string_view(".+()|{}$^\\").find(c) != std::string_view::npos) out += '\\';
        out += c;
      }
    }
    return out;
  }

  std::vector<Rule> rules_;
};

}  // namespace crtune::test
