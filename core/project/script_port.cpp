#include "core/project/script_port.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {
namespace {

using Tokens = std::vector<ScriptToken>;

const ScriptToken& token_at(const Tokens& tokens, std::size_t at) {
  static const ScriptToken nothing = {};
  return at < tokens.size() ? tokens[at] : nothing;
}

bool is_variable_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && !(text[0] >= '0' && text[0] <= '9') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// The variable's name where `at` is the word that reads it, else empty: env.PORT and env["PORT"] of
// JavaScript's process, environ.get("PORT", …) and environ["PORT"] of Python's os, getenv of both Python and
// Java, getOrDefault.
std::string_view variable_read(const Tokens& tokens, std::size_t at) {
  static constexpr auto kReaders = std::to_array<std::string_view>(
      {"env", "environ", "getenv", "getOrDefault", "config", "get_env", "getEnv", "Env"});
  const auto& word = tokens[at];
  if (!word.is_identifier() || std::find(kReaders.begin(), kReaders.end(), word.text) == kReaders.end())
    return {};
  std::size_t next = at + 1;
  if (token_at(tokens, next).is("?")) ++next;  // env?.PORT
  if (token_at(tokens, next).is(".")) {
    const auto& member = token_at(tokens, next + 1);
    const bool calls = token_at(tokens, next + 2).is("(");
    if (!calls) {
      const bool upper = !member.text.empty() && member.text[0] >= 'A' && member.text[0] <= 'Z';
      return upper && is_variable_name(member.text) && !word.is("config") ? member.text : std::string_view();
    }
    next += 2;  // environ.get(, env.int(
  }
  if (!token_at(tokens, next).is("(") && !token_at(tokens, next).is("[")) return {};
  const auto& name = token_at(tokens, next + 1);
  return name.is_string() && is_variable_name(name.text) ? name.text : std::string_view();
}

// The base of parseInt and Number.toString, and what is compared, is no port.
bool may_be_port(const Tokens& tokens, ScriptRange range, std::size_t at) {
  if (at == range.begin) return true;
  const auto& before = tokens[at - 1];
  if (before.is("===") || before.is("!==") || before.is("==") || before.is("!=") || before.is("<") ||
      before.is(">") || before.is("+") || before.is("-") || before.is("*"))
    return false;
  const bool radix = before.is(",") && (tokens[at].is("10") || tokens[at].is("0"));
  return !radix;
}

bool is_address_of_this_host(std::string_view text) {
  return text == "127.0.0.1" || text == "localhost" || text == "::1" || text.starts_with("127.0.0.1:") ||
         text.starts_with("localhost:");
}

// The last names of what is put into a string: `[::]:${this.port}` and f"{port}" are port; the names of
// variables of the environment are kept whole.
std::vector<std::string_view> names_in_holes(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t at = text.find('{'); at != std::string_view::npos && names.size() < 8;
       at = text.find('{', at + 1)) {
    std::string_view inner = text.substr(at + 1, text.find('}', at) - at - 1);
    while (!inner.empty() && inner.back() == ' ') inner.remove_suffix(1);
    const std::size_t dot = inner.rfind('.');
    if (!inner.starts_with("process.env.") && dot != std::string_view::npos) inner.remove_prefix(dot + 1);
    if (!inner.empty()) names.push_back(inner);
  }
  return names;
}

// Words around a port that say nothing about it.
bool is_noise(std::string_view word) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"int",     "str",      "Number",      "parseInt", "String",
                                       "Integer", "valueOf",  "process",     "env",      "os",
                                       "environ", "get",      "or",          "and",      "if",
                                       "else",    "not",      "in",          "new",      "await",
                                       "async",   "const",    "let",         "var",      "return",
                                       "None",    "null",     "undefined",   "this",     "self",
                                       "host",    "true",     "false",       "True",     "False",
                                       "console", "log",      "error",       "err",      "function",
                                       "http",    "server",   "app",         "System",   "getenv",
                                       "isNaN",   "toString", "port_number", "typeof",   "InetSocketAddress",
                                       "import",  "meta",     "url",         "config",   "settings",
                                       "argv"});
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// Whether the file's settings come from variables of the same names: pydantic's BaseSettings.
bool has_settings_class(const ScriptFile& file) {
  return std::any_of(file.tokens.begin(), file.tokens.end(),
                     [](const ScriptToken& token) { return token.is("BaseSettings"); });
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

}  // namespace

std::optional<std::uint32_t> port_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size() || number == 0 || number > 65535)
    return std::nullopt;
  return number;
}

ScriptPort ScriptPortReader::read(const ScriptFile& file, ScriptRange range) {
  steps_ = 0;
  ScriptPort value;
  scan(file, range, value);
  if (value.variable.empty() && !value.number) follow(file, range, value);
  return value;
}

// What stands in the expression itself.
void ScriptPortReader::scan(const ScriptFile& file, ScriptRange range, ScriptPort& value) {
  const auto& tokens = file.tokens;
  for (std::size_t i = range.begin; i < std::min(range.end, tokens.size()); ++i) {
    const auto& token = tokens[i];
    const auto variable = variable_read(tokens, i);
    if (!variable.empty()) {
      if (value.variable.empty()) {
        value.variable = variable;
        value.place = {.file = file.path, .line = token.line};
      }
      while (i + 1 < range.end && tokens[i].text != variable) ++i;
      continue;
    }
    if (token.is_string() && is_address_of_this_host(token.text)) value.loopback = true;
    constexpr std::string_view kEnvironment = "process.env.";
    if (token.has_holes)
      for (auto name : names_in_holes(token.text)) {
        if (!name.starts_with(kEnvironment) || !value.variable.empty()) continue;
        name.remove_prefix(kEnvironment.size());
        value.variable = name.substr(0, name.find_first_of(" |?"));
        value.place = {.file = file.path, .line = token.line};
      }
    const bool number = token.kind == ScriptTokenKind::number || token.is_string();
    if (!number || value.number || !may_be_port(tokens, range, i)) continue;
    std::string_view digits = token.text;
    if (token.is_string()) digits.remove_prefix(digits.rfind(':') + 1);
    value.number = port_of(digits);
    if (value.number && value.variable.empty()) value.place = {.file = file.path, .line = token.line};
  }
}

// What the names in the expression stand for.
void ScriptPortReader::follow(const ScriptFile& file, ScriptRange range, ScriptPort& value) {
  if (depth_ >= kMaxDepth) return;
  ++depth_;
  const auto& tokens = file.tokens;
  for (std::size_t i = range.begin; i < std::min(range.end, tokens.size()); ++i) {
    if (tokens[i].has_holes)
      for (const auto name : names_in_holes(tokens[i].text)) follow_name(file, name, value);
    if (!tokens[i].is_identifier()) continue;
    // Of config.server.port only the last name counts.
    if (token_at(tokens, i + 1).is(".") && token_at(tokens, i + 2).is_identifier() &&
        !token_at(tokens, i + 3).is("("))
      continue;
    follow_name(file, tokens[i].text, value);
    if (!value.variable.empty() || !value.flag.empty() || value.number) break;
  }
  --depth_;
}

void ScriptPortReader::follow_name(const ScriptFile& file, std::string_view name, ScriptPort& value) {
  if (value.is_known() || is_noise(name) || ++steps_ > kMaxSteps || !active_.emplace(name).second) return;
  look_up(file, name, value);
  active_.erase(active_.find(name));
}

void ScriptPortReader::look_up(const ScriptFile& file, std::string_view name, ScriptPort& value) {
  look_up_in(file, name, value);
  if (!value.is_known()) look_up_flag(name, value);
  for (const auto* other : files_) {
    if (value.is_known()) return;
    if (other != &file) look_up_in(*other, name, value);
  }
}

bool ScriptPortReader::may_look_at(const ScriptFile& file) {
  tokens_seen_ += file.tokens.size();
  return tokens_seen_ <= kMaxTokens;
}

// Every place in `file` that gives `name` a value: an assignment, a member, a default, a function's body.
void ScriptPortReader::look_up_in(const ScriptFile& file, std::string_view name, ScriptPort& value) {
  if (!may_look_at(file)) return;
  const auto& tokens = file.tokens;
  std::vector<ScriptRange> ranges;
  for (std::size_t i = 0; i < tokens.size() && ranges.size() < 16; ++i) {
    if (tokens[i].text != name ||
        tokens[i].is_string() != (token_at(tokens, i + 1).is(":") && tokens[i].is_string()))
      continue;
    std::size_t at = i + 1;
    const bool function = i > 0 && (tokens[i - 1].is("function") || tokens[i - 1].is("def"));
    if (function) {
      const std::size_t body = closing(tokens, at) + 1;
      ranges.push_back({std::min(body, tokens.size()), std::min(body + 60, tokens.size())});
      continue;
    }
    if (token_at(tokens, at).is(":") && token_at(tokens, at + 1).is_identifier() &&
        token_at(tokens, at + 2).is("="))
      at += 2;  // port: int = 8000
    if (!token_at(tokens, at).is("=") && !token_at(tokens, at).is(":")) continue;
    ranges.push_back({at + 1, expression_end(tokens, at + 1)});
  }
  for (const auto& range : ranges) scan(file, range, value);
  if (value.variable.empty() && value.number && has_settings_class(file)) value.variable = upper(name);
  if (value.variable.empty() && !value.number)
    for (const auto& range : ranges) {
      follow(file, range, value);
      if (value.is_known()) return;
    }
  // const { PORT = 3000 } = process.env
  for (std::size_t i = 0; i + 4 < tokens.size() && value.variable.empty(); ++i) {
    if (!tokens[i].is(name) || !is_variable_name(name)) continue;
    for (std::size_t end = i; end < std::min(i + 60, tokens.size() - 4); ++end) {
      if (tokens[end].is(";") || tokens[end].is("{")) break;
      if (!tokens[end].is("}") || !tokens[end + 1].is("=") || !tokens[end + 2].is("process")) continue;
      value.variable = name;
      value.place = {.file = file.path, .line = tokens[i].line};
      break;
    }
  }
}

// add_argument("--port", default=8000), @click.option("--port", default=8000, envvar="PORT").
void ScriptPortReader::look_up_flag(std::string_view name, ScriptPort& value) {
  std::string flag = "--" + std::string(name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  for (const auto* file : files_) {
    if (!may_look_at(*file)) return;
    const auto& tokens = file->tokens;
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
      if (!tokens[i].is_string() || tokens[i].text != flag) continue;
      for (std::size_t at = i + 1; at + 2 < tokens.size() && at < i + 80; ++at) {
        if (tokens[at].is(")") && !tokens[at + 1].is(",") && !tokens[at + 1].is(")")) break;
        if (tokens[at].is("envvar") && tokens[at + 2].is_string()) value.variable = tokens[at + 2].text;
        if (!tokens[at].is("default")) continue;
        ScriptPortReader reader({});
        reader.scan(*file, {at + 2, expression_end(tokens, at + 2)}, value);
      }
      if (value.variable.empty()) value.flag = flag.substr(2);
      value.place = {.file = file->path, .line = tokens[i].line};
      return;
    }
  }
}

void set_port(const ScriptPort& value, const base::Place& place, model::Project& project) {
  model::Port& port = project.port;
  port.number = value.number;
  port.loopback = value.loopback;
  const std::string number = value.number ? fmt::format(", {} when it is unset", *value.number) : "";
  std::string fact;
  if (!value.variable.empty()) {
    const bool usual = value.variable == "PORT";
    port.source = usual ? model::PortSource::port_variable : model::PortSource::variable;
    port.name = value.variable;
    fact = fmt::format("reads {}{}", value.variable, number);
  } else if (!value.flag.empty()) {
    port.source = model::PortSource::flag;
    port.name = value.flag;
    fact = fmt::format("the flag --{}{}", value.flag,
                       value.number ? fmt::format(", {} without it", *value.number) : "");
  } else if (value.number) {
    port.source = model::PortSource::hard_coded;
    fact = fmt::format("{}, written into the source", *value.number);
  } else {
    port.source = model::PortSource::none;
    fact = "listens, but on which port the source does not say";
  }
  const base::Place& proof = value.place.file.empty() ? place : value.place;
  project.evidence.push_back({"port: " + fact, proof.file, proof.line});
  if (value.loopback)
    project.notes.push_back(fmt::format(
        "{}:{} listens on this host only; Cloud Run connects from outside, so listen on all addresses",
        place.file, place.line));
  if (port.source == model::PortSource::none)
    project.notes.push_back(
        fmt::format("the port was not found in the source ({}:{}); 8080 is assumed, --port says it",
                    place.file, place.line));
}

}  // namespace crtune::project
