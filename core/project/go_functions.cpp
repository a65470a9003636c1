#include "core/project/go_functions.hpp"

namespace crtune::project {
namespace {

bool opens(const GoToken& token) {
  return token.is("(") || token.is("[") || token.is("{");
}
bool closes(const GoToken& token) {
  return token.is(")") || token.is("]") || token.is("}");
}

// `a, b string, c ...int`: the first word of each part.
std::vector<std::string> parameter_names(const std::vector<GoToken>& tokens, TokenRange range) {
  std::vector<std::string> names;
  for (const auto part : split_list(tokens, range)) names.emplace_back(tokens[part.begin].text);
  return names;
}

// `s *Server[T]`: Server.
std::string receiver_type(const std::vector<GoToken>& tokens, TokenRange range) {
  std::string name;
  for (std::size_t i = range.begin; i < range.end && i < tokens.size() && !tokens[i].is("["); ++i)
    if (tokens[i].is_identifier()) name = tokens[i].text;
  return name;
}

}  // namespace

std::size_t closing_bracket(const std::vector<GoToken>& tokens, std::size_t open) {
  std::size_t depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i]) && --depth == 0) return i;
  }
  return tokens.size();
}

std::vector<TokenRange> split_list(const std::vector<GoToken>& tokens, TokenRange range) {
  std::vector<TokenRange> parts;
  std::size_t begin = range.begin;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (opens(tokens[i])) {
      i = closing_bracket(tokens, i);
    } else if (tokens[i].is(",")) {
      if (i > begin) parts.push_back({begin, i});
      begin = i + 1;
    }
  }
  while (begin < range.end && tokens[range.end - 1].is(";")) --range.end;
  if (begin < range.end) parts.push_back({begin, range.end});
  return parts;
}

std::size_t statement_end(const std::vector<GoToken>& tokens, std::size_t begin) {
  for (std::size_t i = begin; i < tokens.size(); ++i) {
    const bool function_body =
        tokens[i].is("{") && i > begin && tokens[i - 1].is(")") && tokens[begin].is("func");
    if (function_body || (opens(tokens[i]) && !tokens[i].is("{"))) {
      i = closing_bracket(tokens, i);
    } else if (tokens[i].is("{") || tokens[i].is(";") || closes(tokens[i])) {
      return i;
    }
  }
  return tokens.size();
}

std::size_t line_end(const std::vector<GoToken>& tokens, std::size_t at, std::size_t end) {
  for (; at < end; ++at) {
    if (tokens[at].is(";")) return at;
    if (opens(tokens[at])) at = closing_bracket(tokens, at);
  }
  return end;
}

std::optional<std::size_t> enclosing_bracket(const std::vector<GoToken>& tokens, std::size_t at) {
  std::size_t depth = 0;
  while (at-- > 0) {
    if (closes(tokens[at])) ++depth;
    if (opens(tokens[at])) {
      if (depth == 0) return at;
      --depth;
    }
  }
  return std::nullopt;
}

std::vector<GoFunction> find_functions(const GoPackage& package) {
  std::vector<GoFunction> functions;
  for (std::size_t number = 0; number < package.files.size(); ++number) {
    const auto& tokens = package.files[number].tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!tokens[i].is("func")) {
        if (opens(tokens[i])) i = closing_bracket(tokens, i);
        continue;
      }
      GoFunction function;
      function.file = number;
      function.begin = i;
      std::size_t at = i + 1;
      if (at < tokens.size() && tokens[at].is("(")) {
        function.method = true;
        const std::size_t close = closing_bracket(tokens, at);
        function.receiver = receiver_type(tokens, {at + 1, close});
        at = close + 1;
      }
      if (at >= tokens.size() || !tokens[at].is_identifier()) continue;
      function.name = tokens[at++].text;
      if (at < tokens.size() && tokens[at].is("[")) at = closing_bracket(tokens, at) + 1;
      if (at >= tokens.size() || !tokens[at].is("(")) continue;
      const std::size_t close = closing_bracket(tokens, at);
      function.parameters = parameter_names(tokens, {at + 1, close});
      // The result may hold brackets of its own: (a, b), struct{}, interface{}, func().
      at = close + 1;
      while (at < tokens.size() && !tokens[at].is("{") && !tokens[at].is(";")) {
        if (tokens[at].is("(") || tokens[at].is("[")) at = closing_bracket(tokens, at);
        ++at;
        if (at + 1 < tokens.size() && tokens[at].is("{") &&
            (tokens[at - 1].is("interface") || tokens[at - 1].is("struct")))
          at = closing_bracket(tokens, at) + 1;
      }
      if (at >= tokens.size() || !tokens[at].is("{")) continue;
      function.body = at + 1;
      function.end = closing_bracket(tokens, at);
      i = function.end;
      functions.push_back(std::move(function));
    }
  }
  return functions;
}

const GoFunction* enclosing_function(const GoPackage& package, std::size_t file, std::size_t at) {
  for (const auto& function : package.functions)
    if (function.file == file && function.begin <= at && at < function.end) return &function;
  return nullptr;
}

}  // namespace crtune::project
