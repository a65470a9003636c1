// The calls of a program that can happen: those in functions that main or an initialiser mentions, also
// through other functions.
#pragma once

#include "core/project/go_functions.hpp"
#include "core/project/go_program.hpp"

#include <string_view>
#include <vector>

namespace crtune::project {

// `a.b.name(arguments)` in a function that can run.
struct GoCall {
  const GoPackage* package = nullptr;
  std::size_t file = 0;
  std::size_t name = 0;  // the token of the function's name
  std::vector<TokenRange> arguments = {};
  std::string_view import = {};  // the import path behind "a" in a.name(…), or empty
  bool on_value = false;         // something and a dot stand before the name, and it is no package

  const GoFile& source() const { return package->files[file]; }
  const GoToken& token() const { return source().tokens[name]; }
};

// Whether an `if`, `else` or `switch` around it decides whether the call happens, or an `if` before it that
// names `word` (in lower case) and returns.
bool is_conditional(const GoCall& call, std::string_view word);

// The calls of all functions that can run, by Liveness: rather one call too many than one too few.
std::vector<GoCall> live_calls(const std::vector<const GoPackage*>& packages);

}  // namespace crtune::project
