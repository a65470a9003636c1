// Variables in the words of instructions: $name, ${name}, ${name:-word} and their kin.
// Source: docs.docker.com/reference/dockerfile, "Environment replacement".
#pragma once

#include "core/dockerfile/document.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::dockerfile {

// A variable in a word; bytes [begin, end) of it.
struct VariableUse {
  std::string name;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool has_default = false;  // ${x:-y}, ${x-y}, ${x:+y}, ${x+y}: to be unset is foreseen
};

// What is known of a variable: nothing (not declared), or a value, or that it has one which is not known.
struct VariableValue {
  bool declared = false;
  std::optional<std::string> value = {};
};
using Lookup = std::function<VariableValue(std::string_view name)>;

struct Expansion {
  std::optional<std::string> value;  // without quotes; nothing where a variable's value is not known
  std::vector<VariableUse> uses;
  std::vector<VariableUse> undeclared;  // of uses, those that `lookup` does not know
  bool malformed = false;               // such as "${x"
};

// Source: docs/limits.md. A longer value counts as not known.
inline constexpr std::size_t kMaxExpansion = 64U << 10U;

Expansion expand(std::string_view word, char escape, const Lookup& lookup);

}  // namespace crtune::dockerfile
