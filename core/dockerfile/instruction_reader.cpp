#include "core/dockerfile/instruction_reader.hpp"

#include "core/base/edit_distance.hpp"
#include "core/base/escape.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace crtune::dockerfile {
namespace {

using Names = std::span<const std::string_view>;

enum class Arguments : std::uint8_t {
  words,          // between blanks
  words_or_exec,  // or an array
  text,           // the whole line
  text_or_exec,
  assignments,
  names_or_assignments,  // ARG
  instruction,           // ONBUILD
  health,                // NONE, or CMD and a command
};

struct KeywordRow {
  std::string_view keyword;
  Arguments arguments;
  std::size_t fewest = 1;  // words
  Names flags;
};

constexpr std::array<std::string_view, 7> kAddFlags = {"chown",   "chmod",        "link",  "checksum",
                                                       "exclude", "keep-git-dir", "unpack"};
constexpr std::array<std::string_view, 6> kCopyFlags = {"from", "chown",   "chmod",
                                                        "link", "exclude", "parents"};
constexpr std::array<std::string_view, 4> kRunFlags = {"mount", "network", "security", "device"};
constexpr std::array<std::string_view, 1> kFromFlags = {"platform"};
constexpr std::array<std::string_view, 5> kHealthFlags = {"interval", "timeout", "start-period",
                                                          "start-interval", "retries"};

constexpr std::array kKeywords = {
    KeywordRow{"ADD", Arguments::words_or_exec, 2, kAddFlags},
    KeywordRow{"ARG", Arguments::names_or_assignments, 1, {}},
    KeywordRow{"CMD", Arguments::text_or_exec, 0, {}},
    KeywordRow{"COPY", Arguments::words_or_exec, 2, kCopyFlags},
    KeywordRow{"ENTRYPOINT", Arguments::text_or_exec, 0, {}},
    KeywordRow{"ENV", Arguments::assignments, 1, {}},
    KeywordRow{"EXPOSE", Arguments::words, 1, {}},
    KeywordRow{"FROM", Arguments::words, 1, kFromFlags},
    KeywordRow{"HEALTHCHECK", Arguments::health, 1, kHealthFlags},
    KeywordRow{"LABEL", Arguments::assignments, 1, {}},
    KeywordRow{"MAINTAINER", Arguments::text, 1, {}},
    KeywordRow{"ONBUILD", Arguments::instruction, 1, {}},
    KeywordRow{"RUN", Arguments::text_or_exec, 1, kRunFlags},
    KeywordRow{"SHELL", Arguments::text_or_exec, 1, {}},
    KeywordRow{"STOPSIGNAL", Arguments::text, 1, {}},
    KeywordRow{"USER", Arguments::text, 1, {}},
    KeywordRow{"VOLUME", Arguments::words_or_exec, 1, {}},
    KeywordRow{"WORKDIR", Arguments::text, 1, {}},
};

const KeywordRow* row_of(std::string_view keyword) {
  const auto found = std::find_if(kKeywords.begin(), kKeywords.end(),
                                  [&](const KeywordRow& row) { return row.keyword == keyword; });
  return found == kKeywords.end() ? nullptr : &*found;
}

Word take_word(const Instruction& instruction, Piece piece) {
  return {.text = instruction.joined.text().substr(piece.begin, piece.end - piece.begin),
          .span = instruction.joined.span(piece.begin, piece.end),
          .begin = piece.begin,
          .end = piece.end};
}

std::string shown(std::string_view text) {
  return base::one_line(text, 60);
}

}  // namespace

bool is_keyword(std::string_view upper_case) {
  return row_of(upper_case) != nullptr;
}

void InstructionReader::report(Span span, std::string message, ProblemKind kind, std::string hint) const {
  problems_.push_back({.kind = kind, .message = std::move(message), .span = span, .hint = std::move(hint)});
}

void InstructionReader::read(Instruction& instruction) const {
  const std::string& text = instruction.joined.text();
  std::size_t begin = instruction.body;
  while (begin < text.size() && is_space(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && !is_space(text[end])) ++end;
  instruction.keyword = upper(std::string_view(text).substr(begin, end - begin));
  instruction.keyword_span = instruction.joined.span(begin, end);
  instruction.body = end;
  read_flags(instruction);
  const KeywordRow* row = row_of(instruction.keyword);
  if (row == nullptr) {
    std::vector<std::string_view> known;
    known.reserve(kKeywords.size());
    for (const auto& one : kKeywords) known.push_back(one.keyword);
    const auto meant = base::nearest(instruction.keyword, known);
    report(instruction.keyword_span,
           fmt::format("'{}' is no instruction", shown(std::string_view(text).substr(begin, end - begin))),
           ProblemKind::unknown_instruction, meant ? std::string(*meant) : "");
    for (const auto piece : split_words(text, instruction.body, escape_, false))
      instruction.words.push_back(take_word(instruction, piece));
    return;
  }
  for (const auto& flag : instruction.flags)
    if (std::find(row->flags.begin(), row->flags.end(), flag.name) == row->flags.end())
      report(flag.span, fmt::format("{} has no flag --{} that is known here", row->keyword, shown(flag.name)),
             ProblemKind::unknown_flag);
  read_arguments(instruction);
}

void InstructionReader::read_flags(Instruction& instruction) const {
  const std::string& text = instruction.joined.text();
  for (;;) {
    std::size_t at = instruction.body;
    while (at < text.size() && is_space(text[at])) ++at;
    instruction.body = at;
    if (text.compare(at, 2, "--") != 0) return;
    const Piece piece = word_at(text, at, escape_, true);
    const std::string word = unquoted(std::string_view(text).substr(at + 2, piece.end - at - 2), escape_);
    instruction.body = piece.end;
    if (word.empty()) continue;  // "--" ends the flags, and what follows is read again
    Flag flag;
    const auto equals = word.find('=');
    flag.name = lower(std::string_view(word).substr(0, equals));
    if (equals != std::string::npos) flag.value = word.substr(equals + 1);
    flag.span = instruction.joined.span(piece.begin, piece.end);
    instruction.flags.push_back(std::move(flag));
  }
}

void InstructionReader::read_array(Instruction& instruction, std::size_t begin) const {
  const auto array = read_string_array(instruction.joined.text(), begin);
  if (array.outcome == StringArray::Outcome::not_strings)
    report(instruction.joined.span(begin, instruction.joined.text().size()),
           "an array in exec form holds strings only");
  if (array.outcome != StringArray::Outcome::strings) return;
  instruction.form = Form::exec;
  for (std::size_t i = 0; i < array.strings.size(); ++i) {
    Word word = take_word(instruction, array.pieces[i]);
    word.text = array.strings[i];
    instruction.words.push_back(std::move(word));
  }
}

void InstructionReader::read_arguments(Instruction& instruction) const {
  const Arguments kind = row_of(instruction.keyword)->arguments;
  const std::string& text = instruction.joined.text();
  std::size_t begin = instruction.body;
  if (kind == Arguments::assignments || kind == Arguments::names_or_assignments)
    return read_assignments(instruction);
  if (kind == Arguments::instruction) return read_trigger(instruction);
  if (kind == Arguments::health) {
    const auto pieces = split_words(text, begin, escape_, false);
    if (pieces.empty()) return;
    begin = pieces.front().end;
    const std::string type = upper(take_word(instruction, pieces.front()).text);
    if (type != "NONE" && type != "CMD")
      report(take_word(instruction, pieces.front()).span, "HEALTHCHECK is followed by CMD or NONE");
  }
  if (kind != Arguments::words && kind != Arguments::text && begin < text.size())
    read_array(instruction, begin);
  if (instruction.form == Form::exec) return;
  for (const auto piece : split_words(text, begin, escape_, false))
    instruction.words.push_back(take_word(instruction, piece));
}

void InstructionReader::read_assignments(Instruction& instruction) const {
  const std::string& text = instruction.joined.text();
  const auto pieces = split_words(text, instruction.body, escape_, true);
  const bool is_arg = instruction.keyword == "ARG";
  for (const auto piece : pieces) instruction.words.push_back(take_word(instruction, piece));
  if (pieces.empty()) return;
  const auto add = [&](Piece name, std::optional<Piece> value) -> Assignment& {
    Assignment one;
    one.name = text.substr(name.begin, name.end - name.begin);
    one.name_span = instruction.joined.span(name.begin, name.end);
    one.span = instruction.joined.span(name.begin, value ? value->end : name.end);
    if (value) {
      one.value = text.substr(value->begin, value->end - value->begin);
      one.value_span = instruction.joined.span(value->begin, value->end);
    }
    instruction.assignments.push_back(std::move(one));
    return instruction.assignments.back();
  };
  if (!is_arg && instruction.words.front().text.find('=') == std::string::npos) {
    if (pieces.size() < 2)
      return report(instruction.words.front().span, fmt::format("{} wants NAME=value", instruction.keyword));
    add(pieces.front(), Piece{pieces[1].begin, pieces.back().end}).legacy = true;
    return;
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::size_t equals = instruction.words[i].text.find('=');
    if (equals == std::string::npos) {
      if (!is_arg)
        report(instruction.words[i].span, fmt::format("'{}' has no '=': {} wants NAME=value",
                                                      shown(instruction.words[i].text), instruction.keyword));
      add(pieces[i], std::nullopt);
    } else {
      const std::size_t at = pieces[i].begin + equals;
      if (equals == 0)
        report(instruction.words[i].span, fmt::format("{} has a value without a name", instruction.keyword));
      add({pieces[i].begin, at}, Piece{at + 1, pieces[i].end});
    }
  }
}

void InstructionReader::read_trigger(Instruction& instruction) const {
  const std::string& text = instruction.joined.text();
  if (instruction.body >= text.size()) return;
  Instruction inner;
  inner.joined = instruction.joined;
  inner.body = instruction.body;
  inner.first_line = instruction.first_line;
  inner.last_line = instruction.last_line;
  const auto pieces = split_words(text, instruction.body, escape_, false);
  // ONBUILD ONBUILD is refused by builders, and deeper ones would only cost a stack here.
  if (!pieces.empty() && upper(text.substr(pieces[0].begin, pieces[0].end - pieces[0].begin)) == "ONBUILD") {
    inner.keyword = "ONBUILD";
    inner.keyword_span = instruction.joined.span(pieces[0].begin, pieces[0].end);
    inner.span = inner.keyword_span;
  } else {
    read(inner);
    inner.span = {inner.keyword_span.begin, instruction.joined.offset(text.size())};
  }
  instruction.words = inner.words;
  instruction.trigger.push_back(std::move(inner));
}

void InstructionReader::check_words(const Instruction& instruction) const {
  const KeywordRow* row = row_of(instruction.keyword);
  if (row == nullptr) return;
  const std::size_t words =
      instruction.keyword == "ONBUILD" ? instruction.trigger.size() : instruction.words.size();
  const bool is_health = row->arguments == Arguments::health;
  if (is_health ? instruction.body_text().empty() : words < row->fewest)
    report(instruction.keyword_span,
           row->fewest > 1 ? fmt::format("{} needs at least one source and a destination", row->keyword)
                           : fmt::format("{} needs an argument", row->keyword));
  if (instruction.keyword == "FROM" && words > 0) {
    const bool named = words == 3 && upper(instruction.words[1].text) == "AS";
    if (words != 1 && !named)
      report(instruction.words[1].span, "FROM takes an image, or an image, AS and a name");
  }
  if (instruction.keyword == "SHELL" && instruction.form != Form::exec && words > 0)
    report(instruction.words.front().span, "SHELL wants an array of strings: [\"/bin/sh\", \"-c\"]");
  for (const auto& inner : instruction.trigger)
    if (inner.keyword != "ONBUILD") check_words(inner);
}

}  // namespace crtune::dockerfile
