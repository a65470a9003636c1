// Variables of CMake and how a command's arguments are expanded.
#pragma once

#include "core/project/cmake_lexer.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

// Variables of one folder or function; what they do not have is looked up in those around them.
class CMakeScopes {
 public:
  CMakeScopes() : levels_(1) {}

  void push() { levels_.emplace_back(); }
  void pop() { levels_.pop_back(); }
  std::size_t depth() const { return levels_.size(); }

  // `up` levels further out: PARENT_SCOPE is 1. Texts above 256 KiB are cut.
  void set(const std::string& name, std::string value, std::size_t up = 0);
  void unset(const std::string& name);
  // nullptr where it is not defined.
  const std::string* find(std::string_view name) const;
  std::string get(std::string_view name) const;

  // `text` with ${names} put in, also nested ones, and escapes resolved; environment variables are empty.
  std::string expand(std::string_view text) const;
  // All arguments: unquoted ones split at semicolons, empty ones dropped.
  std::vector<std::string> expand(const std::vector<CMakeArgument>& arguments) const;

 private:
  std::string expand(std::string_view text, std::size_t depth, std::size_t& budget) const;

  struct Value {
    std::string text;
    bool defined = true;  // an unset variable hides one further out
  };
  std::vector<std::map<std::string, Value, std::less<>>> levels_;
  mutable std::size_t spent_ = 0;  // bytes of all expansions; beyond 256 MiB they are empty
};

// The items of a list, empty ones left out.
std::vector<std::string> cmake_list(std::string_view text);

// Whether CMake takes the constant for true, false, or for no constant.
enum class CMakeConstant : std::uint8_t { yes, no, none };
CMakeConstant cmake_constant(std::string_view text);

// The condition of an if(): `arguments` not yet expanded. What is not understood counts as false.
bool cmake_condition(const CMakeScopes& scopes, const std::vector<CMakeArgument>& arguments,
                     const std::vector<std::string>& targets);

}  // namespace crtune::project
