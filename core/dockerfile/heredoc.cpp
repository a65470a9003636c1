#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/instruction_reader.hpp"
#include "core/dockerfile/words.hpp"

namespace crtune::dockerfile {
namespace {

// Whether a quoted or escaped part makes the content literal.
bool is_quoted(std::string_view name) {
  return name.find_first_of("'\"\\") != std::string_view::npos;
}

// <<NAME, <<-NAME, 3<<NAME: a word, but for the digits before it and blanks after "<<".
std::optional<Heredoc> heredoc_of(std::string_view word) {
  std::size_t at = 0;
  while (at < word.size() && is_digit(word[at])) ++at;
  if (word.substr(at, 2) != "<<") return std::nullopt;
  at += 2;
  Heredoc out;
  if (at < word.size() && word[at] == '-') {
    out.strips_tabs = true;
    ++at;
  }
  while (at < word.size() && is_space(word[at])) ++at;
  const auto name = word.substr(at);
  if (name.empty() || name.find('<') != std::string_view::npos) return std::nullopt;
  out.name = unquoted(name, '\\');
  out.expands = !is_quoted(name);
  if (out.name.empty()) return std::nullopt;
  return out;
}

}  // namespace

std::vector<Heredoc> opened_heredocs(const Instruction& instruction) {
  if (!instruction.trigger.empty()) return opened_heredocs(instruction.trigger.front());
  std::vector<Heredoc> out;
  const auto& keyword = instruction.keyword;
  if (instruction.form == Form::exec || (keyword != "RUN" && keyword != "COPY" && keyword != "ADD"))
    return out;
  const std::string& text = instruction.joined.text();
  if (text.find("<<") == std::string::npos) return out;
  const auto pieces = split_words(text, instruction.body, '\\', true);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Piece piece = pieces[i];
    const auto word = std::string_view(text).substr(piece.begin, piece.end - piece.begin);
    // Blanks between << and the name belong to the word.
    if (word.ends_with("<<") || word.ends_with("<<-"))
      if (i + 1 < pieces.size()) piece.end = pieces[++i].end;
    auto found = heredoc_of(std::string_view(text).substr(piece.begin, piece.end - piece.begin));
    if (!found) continue;
    found->opener = instruction.joined.span(piece.begin, piece.end);
    out.push_back(std::move(*found));
  }
  return out;
}

}  // namespace crtune::dockerfile
