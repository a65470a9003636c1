// Tokens of C, C++ and Rust: enough to find calls, constants and strings, not enough to compile.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace crtune::project {

enum class SourceLanguage : std::uint8_t { c_family, rust };

struct SourceToken {
  enum class Kind : std::uint8_t { word, number, text, punctuation, include };

  Kind kind = Kind::punctuation;
  std::string_view text;  // of a text without its quotes, escapes as written; of an include the file's name
  std::uint32_t line = 0;

  bool is(std::string_view what) const {
    return text == what && (kind == Kind::word || kind == Kind::punctuation);
  }
  bool is_word() const { return kind == Kind::word; }
  bool is_text() const { return kind == Kind::text; }
};

// The tokens of `text`, comments left out, in Rust also what #[cfg(test)] and #[test] mark. They point into
// `text`. Never fails: what is not understood becomes punctuation. Linear in the text.
std::vector<SourceToken> lex_source(std::string_view text, SourceLanguage language);

// For each token that opens a bracket the index of the one that closes it, else tokens.size().
std::vector<std::uint32_t> matching_brackets(const std::vector<SourceToken>& tokens);

}  // namespace crtune::project
