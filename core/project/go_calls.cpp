#include "core/project/go_calls.hpp"

#include "core/project/go_liveness.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

void collect(const GoPackage& package, std::size_t file, TokenRange range, std::vector<GoCall>& calls) {
  const auto& tokens = package.files[file].tokens;
  for (std::size_t i = range.begin; i + 1 < range.end; ++i) {
    if (!tokens[i].is_identifier() || !tokens[i + 1].is("(")) continue;
    if (i > 0 && tokens[i - 1].is("func")) continue;
    GoCall call{.package = &package, .file = file, .name = i};
    if (i >= 2 && tokens[i - 1].is(".")) {
      const bool simple = tokens[i - 2].is_identifier() && !(i >= 3 && tokens[i - 3].is("."));
      if (simple) call.import = package.files[file].import_path(tokens[i - 2].text);
      call.on_value = call.import.empty();
    }
    call.arguments = split_list(tokens, {i + 2, std::min(closing_bracket(tokens, i + 1), range.end)});
    calls.push_back(std::move(call));
  }
}

bool contains_word(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         }) != text.end();
}

}  // namespace

bool is_conditional(const GoCall& call, std::string_view word) {
  const auto& tokens = call.source().tokens;
  const GoFunction* function = enclosing_function(*call.package, call.file, call.name);
  if (function == nullptr) return false;
  for (std::size_t i = function->body; i < call.name; ++i) {
    const bool decides = tokens[i].is("if") || tokens[i].is("else") || tokens[i].is("switch");
    if (!decides) continue;
    const std::size_t open = statement_end(tokens, i + 1);
    if (open >= call.name || !tokens[open].is("{")) continue;
    const std::size_t close = closing_bracket(tokens, open);
    if (close > call.name) return true;
    const bool named = std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                                   tokens.begin() + static_cast<std::ptrdiff_t>(open),
                                   [word](const GoToken& token) { return contains_word(token.text, word); });
    const bool returns = std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(open),
                                     tokens.begin() + static_cast<std::ptrdiff_t>(close),
                                     [](const GoToken& token) { return token.is("return"); });
    if (named && returns) return true;
  }
  return false;
}

std::vector<GoCall> live_calls(const std::vector<const GoPackage*>& packages) {
  const Liveness alive(packages);
  std::vector<GoCall> calls;
  for (const auto* package : packages) {
    if (package->vendored) continue;
    for (std::size_t file = 0; file < package->files.size(); ++file)
      for (const auto range : outside_functions(*package, file)) collect(*package, file, range, calls);
    for (const auto& function : package->functions)
      if (alive.contains(function)) collect(*package, function.file, {function.body, function.end}, calls);
  }
  return calls;
}

}  // namespace crtune::project
