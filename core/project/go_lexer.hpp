// Go source as tokens.
// Source: The Go Programming Language Specification, "Lexical elements".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::project {

enum class GoTokenKind : std::uint8_t { identifier, string, character, number, symbol };

// `text` is as written, quotes included. A line end that ends a statement is the symbol ";".
struct GoToken {
  GoTokenKind kind = GoTokenKind::symbol;
  std::string_view text;
  std::uint32_t line = 0;

  bool is(std::string_view wanted) const { return text == wanted && kind != GoTokenKind::string; }
  bool is_identifier() const { return kind == GoTokenKind::identifier; }
  bool is_string() const { return kind == GoTokenKind::string; }
};

// A line comment that the go command reads: //go:build, // +build, //go:embed. Without the slashes.
struct GoDirective {
  std::string_view text;
  std::uint32_t line = 0;
};

struct GoTokens {
  std::vector<GoToken> tokens;
  std::vector<GoDirective> directives;
};

// How much to read: all of it, or up to the first declaration after the imports.
enum class LexExtent : std::uint8_t { header, whole };

// The tokens are views into `source`. Broken source never fails: what cannot be read is skipped.
GoTokens lex_go(std::string_view source, LexExtent extent = LexExtent::whole);

// The value of a string literal: raw text between backquotes, escapes resolved between quotes.
std::string unquote_go(std::string_view literal);

}  // namespace crtune::project
