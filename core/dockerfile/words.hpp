// How the arguments of an instruction come apart.
#pragma once

#include "core/dockerfile/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::dockerfile {

// Bytes [begin, end) of a text.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The word that begins at `at`, which is no blank; see split_words.
Piece word_at(std::string_view text, std::size_t at, char escape, bool quotes);

// Words between blanks from `begin` on. With `quotes` blanks inside of '…' and "…" and behind the escape
// character do not end a word, as in ENV and LABEL.
std::vector<Piece> split_words(std::string_view text, std::size_t begin, char escape, bool quotes);

// A JSON array of strings, as exec form is written.
struct StringArray {
  enum class Outcome : std::uint8_t { strings, not_json, not_strings };
  Outcome outcome = Outcome::not_json;
  std::vector<std::string> strings;  // decoded
  std::vector<Piece> pieces;         // with their quotes
};
StringArray read_string_array(std::string_view text, std::size_t begin);

// A word without its quotes and escapes; variables are left as they are.
std::string unquoted(std::string_view word, char escape);

}  // namespace crtune::dockerfile
