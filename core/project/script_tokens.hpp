// Source of scripting and managed languages as tokens: enough to see calls, names, strings and numbers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace crtune::project {

enum class ScriptSyntax : std::uint8_t { javascript, python, java };
enum class ScriptTokenKind : std::uint8_t { identifier, string, number, symbol };

// `text` of a string is what stands between its quotes, as written.
struct ScriptToken {
  ScriptTokenKind kind = ScriptTokenKind::symbol;
  std::string_view text;
  std::uint32_t line = 0;
  bool first_on_line = false;
  bool indented = false;   // the line starts with a blank
  bool has_holes = false;  // a string into which values are put: `a ${b}`, f"a {b}"

  bool is(std::string_view wanted) const { return text == wanted && kind != ScriptTokenKind::string; }
  bool is_identifier() const { return kind == ScriptTokenKind::identifier; }
  bool is_string() const { return kind == ScriptTokenKind::string; }
};

// Comments are left out; what is no token is skipped. Linear in the text's size.
std::vector<ScriptToken> script_tokens(std::string_view text, ScriptSyntax syntax);

// Half-open range of token indexes.
struct ScriptRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The index of the bracket that closes the one at `open`, or the number of tokens where none does within
// 20,000.
std::size_t closing(const std::vector<ScriptToken>& tokens, std::size_t open);

// From `begin` to the end of its expression: a comma, semicolon or bracket that it does not open, or a new
// line.
std::size_t expression_end(const std::vector<ScriptToken>& tokens, std::size_t begin);

// The arguments of the call whose "(" is at `open`.
std::vector<ScriptRange> arguments_of(const std::vector<ScriptToken>& tokens, std::size_t open);

}  // namespace crtune::project
