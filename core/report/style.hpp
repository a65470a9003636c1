// Colours of text reports (ECMA-48 SGR), or none.
#pragma once

#include <string>
#include <string_view>

namespace crtune::report {

class Style {
 public:
  explicit Style(bool colour) : colour_(colour) {}

  std::string bold(std::string_view text) const { return wrap("1", text); }
  std::string faint(std::string_view text) const { return wrap("2", text); }
  std::string good(std::string_view text) const { return wrap("32", text); }
  std::string warning(std::string_view text) const { return wrap("33", text); }
  std::string bad(std::string_view text) const { return wrap("1;31", text); }

 private:
  std::string wrap(std::string_view code, std::string_view text) const {
    if (!colour_) return std::string(text);
    return std::string("\x1b[").append(code).append("m").append(text).append("\x1b[0m");
  }

  bool colour_;
};

}  // namespace crtune::report
