#include "core/project/meson_build.hpp"

#include "core/base/path.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace crtune::project {

using base::join_path;

namespace {

constexpr std::uint64_t kMaxFile = 1U << 20U;
constexpr std::size_t kMaxFiles = 500;
constexpr std::size_t kMaxTargets = 2000;
constexpr std::size_t kMaxItems = 20'000;  // of all lists together

struct Token {
  enum class Kind : std::uint8_t { word, text, sign, line };
  Kind kind = Kind::sign;
  std::string_view text;
  std::uint64_t line = 0;

  bool is(std::string_view what) const { return text == what && (kind == Kind::word || kind == Kind::sign); }
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::vector<Token> lex(std::string_view text) {
  std::vector<Token> tokens;
  std::uint64_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\n') {
      tokens.push_back({Token::Kind::line, text.substr(at, 1), line++});
      ++at;
    } else if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '\'') {
      const bool is_long = text.substr(at).starts_with("'''");
      const std::size_t begin = at + (is_long ? 3 : 1);
      std::size_t end = begin;
      while (end < text.size() && !text.substr(end).starts_with(is_long ? "'''" : "'"))
        end += text[end] == '\\' && !is_long ? 2U : 1U;
      end = std::min(end, text.size());
      tokens.push_back({Token::Kind::text, text.substr(begin, end - begin), line});
      line += static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                    text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      at = end + (is_long ? 3 : 1);
    } else if (is_word(c)) {
      std::size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      tokens.push_back({Token::Kind::word, text.substr(at, end - at), line});
      at = end;
    } else {
      if (c != ' ' && c != '\t' && c != '\r') {
        const std::size_t length =
            text.substr(at).starts_with("+=") || text.substr(at).starts_with("==") ? 2U : 1U;
        tokens.push_back({Token::Kind::sign, text.substr(at, length), line});
        at += length - 1;
      }
      ++at;
    }
  }
  return tokens;
}

// The arguments of one call: texts and variables in order, and by keyword.
struct Arguments {
  std::vector<std::string> values;  // texts; of a variable what it holds, or its name with a $
  std::map<std::string, std::vector<std::string>, std::less<>> named;

  bool is_true(std::string_view key) const {
    const auto found = named.find(key);
    return found != named.end() && !found->second.empty() && found->second.front() == "$true";
  }
  std::vector<std::string> list(std::string_view key) const {
    const auto found = named.find(key);
    return found == named.end() ? std::vector<std::string>() : found->second;
  }
};

class Reader {
 public:
  Reader(base::Files& files, const std::string& root) : files_(files), root_(root) {}

  base::Result<MesonBuild> run() {
    CRT_TRY(files_.read(root_ + "/meson.build", kMaxFile));
    read_folder(".");
    return std::move(build_);
  }

 private:
  void read_folder(const std::string& folder) {
    const std::string path = join_path(folder, "meson.build");
    if (folder.starts_with("..") || seen_.size() >= kMaxFiles || !seen_.insert(path).second) return;
    if (files_.kind(root_ + "/" + path) != base::FileKind::regular) return;
    const auto text = files_.read(root_ + "/" + path, kMaxFile);
    if (!text) return;
    const auto tokens = lex(*text);
    for (std::size_t at = 0; at < tokens.size(); ++at) statement(tokens, at, folder, path);
  }

  // `name = …`, `name += …` or a call at the start of a line.
  void statement(const std::vector<Token>& tokens, std::size_t& at, const std::string& folder,
                 const std::string& path) {
    std::string variable;
    std::size_t next = at;
    const bool first = at == 0 || tokens[at - 1].kind == Token::Kind::line;
    if (!first || tokens[at].kind != Token::Kind::word) return;
    if (at + 1 < tokens.size() && (tokens[at + 1].is("=") || tokens[at + 1].is("+="))) {
      variable = tokens[at].text;
      if (!tokens[at + 1].is("+=")) variables_[variable].clear();
      next = at + 2;
    }
    const bool is_call = next + 1 < tokens.size() && tokens[next].kind == Token::Kind::word &&
                         !tokens[next].is("files") && tokens[next + 1].is("(");
    if (is_call) {
      const Token& function = tokens[next];
      std::size_t end = next + 1;
      const Arguments arguments = read_arguments(tokens, end);
      call(function, arguments, variable, {folder, path});
      at = end;
    } else if (!variable.empty()) {
      std::size_t end = next;
      auto values = read_value(tokens, end);
      auto& held = variables_[variable];
      held.insert(held.end(), values.begin(), values.end());
      at = end > at ? end - 1 : at;
    }
  }

  void keep(std::vector<std::string>& out, std::string value) {
    if (++items_ <= kMaxItems) out.push_back(std::move(value));
  }

  // A list, a text, a variable, files(…); ends at a comma, a bracket that is not its own, or the line's end.
  std::vector<std::string> read_value(const std::vector<Token>& tokens, std::size_t& at) {
    std::vector<std::string> out;
    std::size_t depth = 0;
    for (; at < tokens.size(); ++at) {
      const Token& token = tokens[at];
      if (token.is("[") || token.is("(")) {
        ++depth;
      } else if (token.is("]") || token.is(")")) {
        if (depth == 0) break;
        --depth;
      } else if (depth == 0 && (token.is(",") || token.kind == Token::Kind::line)) {
        break;
      } else if (token.kind == Token::Kind::text) {
        keep(out, std::string(token.text));
      } else if (token.kind == Token::Kind::word && !token.is("files")) {
        const auto found = variables_.find(token.text);
        if (found == variables_.end() || found->second.empty()) {
          keep(out, "$" + std::string(token.text));
        } else {
          const auto held = found->second;
          for (const auto& value : held) keep(out, value);
        }
      }
    }
    return out;
  }

  // `at` is at the opening bracket, and is left at the closing one.
  Arguments read_arguments(const std::vector<Token>& tokens, std::size_t& at) {
    Arguments out;
    for (++at; at < tokens.size() && !tokens[at].is(")");) {
      if (tokens[at].kind == Token::Kind::line || tokens[at].is(",")) {
        ++at;
        continue;
      }
      const bool keyword =
          at + 1 < tokens.size() && tokens[at].kind == Token::Kind::word && tokens[at + 1].is(":");
      const std::string key = keyword ? std::string(tokens[at].text) : "";
      if (keyword) at += 2;
      const std::size_t before = at;
      auto values = read_value(tokens, at);
      if (at == before) ++at;
      if (keyword)
        out.named[key] = std::move(values);
      else
        out.values.insert(out.values.end(), values.begin(), values.end());
    }
    return out;
  }

  struct Place {
    const std::string& folder;
    const std::string& path;
  };

  void call(const Token& function, const Arguments& arguments, const std::string& variable,
            const Place& place) {
    const bool library =
        function.is("library") || function.is("static_library") || function.is("shared_library");
    if (function.is("project") && !arguments.values.empty()) {
      build_.project = arguments.values.front();
      build_.project_line = function.line;
      build_.languages.assign(arguments.values.begin() + 1, arguments.values.end());
      for (const auto& option : arguments.list("default_options"))
        if (option.starts_with("cpp_std=") && option.find("++") != std::string::npos)
          build_.standard = option.substr(option.find("++") + 2);
    } else if (function.is("subdir") && !arguments.values.empty()) {
      read_folder(join_path(place.folder, arguments.values.front()));
    } else if ((function.is("executable") || library) && !arguments.values.empty()) {
      add_target(function, arguments, variable, place);
    } else if (function.is("dependency") && !arguments.values.empty()) {
      const auto required = arguments.list("required");
      build_.dependencies.push_back({.name = arguments.values.front(),
                                     .variable = variable,
                                     .required = required.empty() || required.front() == "$true",
                                     .file = place.path,
                                     .line = function.line});
    } else if (function.is("test") || function.is("benchmark")) {
      for (const auto& value : arguments.values)
        for (auto& target : build_.targets)
          if (value == "$" + target.variable) target.tested = true;
    }
  }

  void add_target(const Token& function, const Arguments& arguments, const std::string& variable,
                  const Place& place) {
    if (build_.targets.size() >= kMaxTargets) return;
    MesonTarget target;
    target.name = arguments.values.front();
    target.variable = variable;
    target.executable = function.is("executable");
    target.shared = function.is("shared_library");
    target.installed = arguments.is_true("install");
    for (std::size_t i = 1; i < arguments.values.size(); ++i)
      if (!arguments.values[i].starts_with("$"))
        target.sources.push_back(join_path(place.folder, arguments.values[i]));
    for (const auto& source : arguments.list("sources"))
      if (!source.starts_with("$")) target.sources.push_back(join_path(place.folder, source));
    target.links = arguments.list("link_with");
    target.dependencies = arguments.list("dependencies");
    target.folder = place.folder;
    target.file = place.path;
    target.line = function.line;
    build_.targets.push_back(std::move(target));
  }

  base::Files& files_;
  const std::string& root_;
  MesonBuild build_;
  std::map<std::string, std::vector<std::string>, std::less<>> variables_;
  std::set<std::string> seen_;
  std::size_t items_ = 0;
};

}  // namespace

base::Result<MesonBuild> read_meson(base::Files& files, const std::string& root) {
  return Reader(files, root).run();
}

}  // namespace crtune::project
