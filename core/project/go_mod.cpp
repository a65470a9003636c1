#include "core/project/go_mod.hpp"

#include "core/project/go_lexer.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

struct Line {
  std::vector<std::string> words;
  std::string comment;
};

// Words of one line; a word may be quoted, and // starts a comment.
Line split_line(std::string_view text) {
  Line line;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at;
    } else if (text.substr(at, 2) == "//") {
      line.comment = text.substr(at + 2);
      break;
    } else if (c == '"' || c == '`') {
      const std::size_t end = std::min(text.find(c, at + 1), text.size() - 1);
      line.words.push_back(unquote_go(text.substr(at, end - at + 1)));
      at = end + 1;
    } else if (c == '(' || c == ')') {
      line.words.emplace_back(1, c);
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t\r()", at), text.size());
      line.words.emplace_back(text.substr(at, end - at));
      at = end;
    }
  }
  return line;
}

std::string toolchain_version(std::string name) {
  if (!name.starts_with("go")) return {};  // "default" and "local" name no version
  name.erase(0, 2);
  return name.substr(0, name.find('-'));
}

void apply(GoMod& mod, const std::string& verb, const Line& line, std::uint64_t number) {
  const auto& words = line.words;
  if (words.empty()) return;
  if (verb == "module") {
    mod.module = words[0];
    mod.module_line = number;
  } else if (verb == "go") {
    mod.go = words[0];
    mod.go_line = number;
  } else if (verb == "toolchain") {
    mod.toolchain = toolchain_version(words[0]);
    mod.toolchain_line = number;
  } else if (verb == "require" && words.size() >= 2) {
    mod.requires_modules.push_back(
        {words[0], words[1], line.comment.find("indirect") != std::string::npos, number});
  } else if (verb == "replace") {
    const auto arrow = std::find(words.begin(), words.end(), "=>");
    if (arrow != words.end() && arrow + 1 != words.end())
      mod.replaces.push_back({words[0], *(arrow + 1), number});
  } else if (verb == "use") {
    mod.uses.push_back(words[0]);
  }
}

}  // namespace

GoMod parse_go_mod(std::string_view text) {
  GoMod mod;
  std::string block;
  std::uint64_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    Line line = split_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.words.empty()) continue;
    if (!block.empty()) {
      if (line.words[0] == ")") {
        block.clear();
      } else {
        apply(mod, block, line, number);
      }
      continue;
    }
    const std::string verb = line.words[0];
    line.words.erase(line.words.begin());
    if (!line.words.empty() && line.words[0] == "(") {
      block = verb;
      if (line.words.back() == ")") block.clear();
    } else {
      apply(mod, verb, line, number);
    }
  }
  return mod;
}

}  // namespace crtune::project
