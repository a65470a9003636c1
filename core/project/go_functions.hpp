// Shapes in Go tokens: brackets, lists, functions.
#pragma once

#include "core/project/go_program.hpp"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace crtune::project {

// Half-open range of token indexes.
struct TokenRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin >= end; }
  std::size_t size() const { return empty() ? 0 : end - begin; }
};

// The index of the bracket that closes the one at `open`, or the number of tokens.
std::size_t closing_bracket(const std::vector<GoToken>& tokens, std::size_t open);

// The parts of `range` between commas that no bracket encloses.
std::vector<TokenRange> split_list(const std::vector<GoToken>& tokens, TokenRange range);

// From `begin` to the end of its statement: a ";" that no bracket encloses, or a "{" of a block or literal.
std::size_t statement_end(const std::vector<GoToken>& tokens, std::size_t begin);

// The next ";" from `at` on that no bracket encloses, at most `end`.
std::size_t line_end(const std::vector<GoToken>& tokens, std::size_t at, std::size_t end);

// The bracket that encloses token `at`, or nothing.
std::optional<std::size_t> enclosing_bracket(const std::vector<GoToken>& tokens, std::size_t at);

// All functions and methods with a body, in file order.
std::vector<GoFunction> find_functions(const GoPackage& package);

// The function whose body holds token `at` of file `file`, or nullptr.
const GoFunction* enclosing_function(const GoPackage& package, std::size_t file, std::size_t at);

}  // namespace crtune::project
