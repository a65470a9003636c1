// Makefiles, as far as it takes to know what a variable holds.
// Source: GNU make's manual, "How to Use Variables".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

// What make, the shell or the caller puts in place: kUnknownBegin NAME kUnknownEnd; the name may be empty.
inline constexpr char kUnknownBegin = '\x01';
inline constexpr char kUnknownEnd = '\x02';

class Makefile {
 public:
  // A logical line: lines that end in a backslash are joined by "\n".
  struct Line {
    std::string text;
    std::uint64_t number = 0;
    bool recipe = false;
  };

  explicit Makefile(std::string_view text);

  const std::vector<Line>& lines() const { return lines_; }

  // `text` with the variables put in; the answers of a shell and variables that nothing sets stay unknown.
  std::string expand(std::string_view text) const { return expanded(text, 0); }

  // What a variable holds that its caller may set (`NAME ?= value`); empty for others.
  std::string initial(const std::string& name) const;

 private:
  struct Variable {
    std::string value;
    bool overridable = false;
  };

  void read_variable(const Line& line);
  std::string expanded(std::string_view text, int depth) const;
  std::string reference(std::string_view inside, int depth) const;

  std::vector<Line> lines_;
  std::map<std::string, Variable, std::less<>> variables_;
};

}  // namespace crtune::project
