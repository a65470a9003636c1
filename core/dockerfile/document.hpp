// A Dockerfile as it stands in its bytes: every line, comment and word with its place, and nothing lost.
// Source: docs.docker.com/reference/dockerfile; where it is silent, what BuildKit's own reader does.
#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::dockerfile {

// Bytes [begin, end) of the file.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin >= end; }
  friend bool operator==(const Span&, const Span&) = default;
};

enum class LineKind : std::uint8_t {
  blank,
  comment,
  directive,             // # syntax=…, # escape=…, # check=… at the top
  instruction,           // the first line of one, or one that goes on with it
  continuation_comment,  // between the lines of an instruction
  continuation_blank,
  heredoc,      // of a heredoc's content
  heredoc_end,  // the line that ends it
};

// A line of the file; lines tile it.
struct Line {
  Span span;            // with its line end
  std::size_t end = 0;  // where its line end (LF, or CR LF) begins
  LineKind kind = LineKind::blank;
};

struct Directive {
  std::string name;  // in lower case
  std::string value;
  Span span;  // of the line without its line end
};

// The text of an instruction without its continuation marks and the comments in between. Each byte knows
// where it stands in the file.
class JoinedText {
 public:
  void append(std::string_view text, std::size_t offset);
  const std::string& text() const { return text_; }
  // The place in the file of byte `at`; of the text's end, the place after its last byte.
  std::size_t offset(std::size_t at) const;
  Span span(std::size_t begin, std::size_t end) const;

 private:
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> runs_;  // first byte in text_, its place in the file
};

// A word of an instruction. In exec form it is a string of the array, decoded.
struct Word {
  std::string text;       // as written, quotes and variables too
  Span span;              // in the file
  std::size_t begin = 0;  // in the joined text
  std::size_t end = 0;
};

// --name or --name=value before an instruction's words.
struct Flag {
  std::string name;  // without the dashes
  std::optional<std::string> value;
  Span span;
};

// One NAME=value of ENV, LABEL or ARG.
struct Assignment {
  std::string name;  // as written
  std::optional<std::string> value;
  Span span;
  Span name_span;
  Span value_span;      // empty where there is no value
  bool legacy = false;  // ENV NAME value, without "="
};

struct Heredoc {
  std::string name;
  bool strips_tabs = false;  // <<-
  bool expands = true;       // no part of the name is quoted
  Span opener;               // the word <<NAME
  Span content;
  Span terminator;  // the line that ends it, without its line end
};

enum class Form : std::uint8_t { shell, exec };

struct Instruction {
  std::string keyword;  // in upper case
  Span keyword_span;
  Span span;  // from the keyword to the last byte before the last line end, heredocs too
  std::uint64_t first_line = 0;
  std::uint64_t last_line = 0;
  JoinedText joined;
  std::size_t body = 0;  // where its words begin in the joined text, after keyword and flags
  std::vector<Flag> flags;
  Form form = Form::shell;
  std::vector<Word> words;  // of ENV, LABEL and ARG as well
  std::vector<Assignment> assignments;
  std::vector<Heredoc> heredocs;
  std::vector<Instruction> trigger;        // of ONBUILD: the one instruction after it
  std::vector<std::uint64_t> blank_lines;  // empty lines among its own; from 1

  const Flag* flag(std::string_view name) const;
  // The words after keyword and flags as one text, on one line.
  std::string_view body_text() const { return std::string_view(joined.text()).substr(body); }
};

enum class ProblemKind : std::uint8_t {
  syntax,               // a builder refuses it
  unknown_instruction,  // likewise, with a word that is none
  unknown_flag,         // newer than this program, perhaps
  not_text,             // bytes that no text holds
};

struct Problem {
  ProblemKind kind = ProblemKind::syntax;
  std::string message;
  Span span;
  std::string hint = {};
};

struct Place {
  std::uint64_t line = 0;    // from 1
  std::uint64_t column = 0;  // from 1, in bytes
};

struct Document {
  std::string text;
  std::vector<Line> lines;
  char escape = '\\';
  std::vector<Directive> directives;
  std::vector<Instruction> instructions;
  std::vector<Problem> problems;

  Place place(std::size_t offset) const;
  std::string_view slice(Span span) const;
  // Line `number` from 1, without its line end.
  std::string_view line_text(std::uint64_t number) const;
};

// Source: docs/limits.md. A line longer than BuildKit's own limit is refused by it too.
inline constexpr std::size_t kMaxFile = 4U << 20U;
inline constexpr std::size_t kMaxLine = (64U << 10U) - 1;
inline constexpr std::size_t kMaxInstructions = 20'000;
inline constexpr std::size_t kMaxStages = 1'000;

// Reads a whole Dockerfile. What is wrong with it stands in Document::problems. Errors: limit, with the line.
base::Result<Document> parse(std::string text, const std::string& file);

// The bytes that were parsed, put together from the lines.
std::string print(const Document& document);

}  // namespace crtune::dockerfile
