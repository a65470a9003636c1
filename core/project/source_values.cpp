#include "core/project/source_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace crtune::project {
namespace {

constexpr std::size_t kMaxDepth = 12;
constexpr std::size_t kMaxSteps = 50'000;
constexpr std::uint32_t kMaxBody = 400;   // tokens of a function that computes a port
constexpr std::uint32_t kMaxValue = 200;  // tokens of one value

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Calls whose arguments after the first are a base or an end, not a port.
constexpr std::array<std::string_view, 9> kConversions = {
    "strtol", "strtoul", "strtoll", "stoi", "stol", "stoul", "atoi", "from_chars", "from_str_radix"};
// Words that stand in expressions and are no names of a value.
constexpr std::array<std::string_view, 22> kNoValues = {
    "std", "auto", "const", "int",  "unsigned", "return", "static", "nullptr", "NULL",   "Some", "None",
    "Ok",  "Err",  "self",  "this", "let",      "mut",    "unwrap", "parse",   "expect", "new",  "if"};
constexpr std::array<std::string_view, 5> kComparisons = {"<", ">", "<=", ">=", "=="};

// A name that speaks of a port or an address is followed further than others.
std::size_t cost_of(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kParts = {"port", "addr",     "listen",
                                                             "bind", "endpoint", "host"};
  std::string lower(name.substr(0, 64));
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const bool telling = std::any_of(kParts.begin(), kParts.end(), [&lower](std::string_view part) {
    return lower.find(part) != std::string::npos;
  });
  return telling ? 1 : 4;
}

// A variable of the environment that can hold a port or an address: 2 for a port, 1 for an address.
int weight_of(std::string_view variable) {
  if (variable == "PORT") return 3;
  if (variable.find("PORT") != std::string_view::npos && variable.find("REPORT") == std::string_view::npos)
    return 2;
  for (const std::string_view part : {"ADDR", "LISTEN", "BIND"})
    if (variable.find(part) != std::string_view::npos) return 1;
  return 0;
}

bool is_port(std::uint64_t number) {
  return number >= 1 && number <= 65535;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "[::1]";
}

}  // namespace

std::optional<std::uint32_t> port_of_text(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') --begin;
  const bool whole = begin == 0;
  if (begin == text.size() || text.size() - begin > 5 || (!whole && text[begin - 1] != ':'))
    return std::nullopt;
  std::uint32_t number = 0;
  std::from_chars(text.data() + begin, text.data() + text.size(), number);
  return number;
}

const SourceToken* SourceValues::at(std::uint32_t file, std::uint64_t index) const {
  const auto& tokens = program_.files()[file].tokens;
  return index < tokens.size() ? &tokens[index] : nullptr;
}

bool SourceValues::is(std::uint32_t file, std::uint64_t index, std::string_view what) const {
  const SourceToken* token = at(file, index);
  return token != nullptr && token->is(what);
}

PortValue SourceValues::resolve(const SourceRange& range) {
  value_ = {};
  visited_.clear();
  names_.clear();
  walk(range, 0);
  return value_;
}

PortValue SourceValues::resolve_name(std::string_view wanted, std::uint32_t file) {
  value_ = {};
  visited_.clear();
  names_.clear();
  name(wanted, file, 0);
  return value_;
}

void SourceValues::walk(const SourceRange& range, std::size_t depth) {
  if (depth > kMaxDepth || !visited_.insert({range.file, range.begin}).second) return;
  const auto& file = program_.files()[range.file];
  for (std::uint32_t at = range.begin; at < range.end && at < file.tokens.size(); ++at) {
    if (++steps_ > kMaxSteps) return;
    const auto& token = file.tokens[at];
    if (token.kind == SourceToken::Kind::number) {
      number(range.file, at);
    } else if (token.is_text()) {
      text(range.file, at, depth);
    } else if (token.is_word()) {
      at = word(range, at, depth);
    } else if (token.is("[") && at > range.begin) {
      // argv[1], [127, 0, 0, 1]: numbers in there are no ports.
      const SourceToken* first = this->at(range.file, at + 1);
      if (first != nullptr && first->kind == SourceToken::Kind::number && first->text == "127")
        value_.loopback = true;
      const bool options = program_.includes("cxxopts.hpp") || program_.includes("program_options.hpp");
      if (options && first != nullptr && first->is_text()) set_flag(first->text, {range.file, at + 1});
      at = std::max(at, std::min(file.closers[at], range.end) - 1);
    }
  }
}

void SourceValues::number(std::uint32_t file, std::uint32_t at) {
  const auto& tokens = program_.files()[file].tokens;
  if (at > 0 && std::any_of(kComparisons.begin(), kComparisons.end(),
                            [&](std::string_view sign) { return tokens[at - 1].is(sign); }))
    return;
  const auto digits = tokens[at].text;
  std::uint64_t number = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view rest = digits.substr(static_cast<std::size_t>(end - digits.data()));
  if (rest.starts_with(".") || rest.starts_with("x") || !is_port(number) || number < 80 || value_.number)
    return;
  value_.number = static_cast<std::uint32_t>(number);
  value_.number_place = SourcePlace{file, at};
}

void SourceValues::text(std::uint32_t file, std::uint32_t at, std::size_t depth) {
  std::string_view text = program_.files()[file].tokens[at].text;
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  text = text.substr(0, text.find('/'));
  if (const auto port = port_of_text(text)) {
    if (*port == 0) value_.ephemeral = true;
    if (is_port(*port) && !value_.number) {
      value_.number = *port;
      value_.number_place = SourcePlace{file, at};
    }
  }
  const std::string_view host = text.substr(0, std::min(text.rfind(':'), text.size()));
  if (is_loopback(text) || is_loopback(host)) value_.loopback = true;
  if (host == "0.0.0.0" || host == "::" || host == "[::]" || host == "*") value_.wildcard = true;
  // Rust's format strings name what they hold: "0.0.0.0:{port}".
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t end = std::min(text.find_first_of("}:", open), text.size());
    if (end > open + 1) name(text.substr(open + 1, end - open - 1), file, depth + 1);
  }
}

void SourceValues::set_variable(std::string_view name, SourcePlace place) {
  const int weight = weight_of(name);
  if (name.size() > 64 || weight == 0 || weight <= weight_of(value_.variable)) return;
  value_.variable = name;
  value_.variable_place = place;
  value_.address = weight == 1;
}

void SourceValues::set_flag(std::string_view name, SourcePlace place) {
  while (name.starts_with("-")) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of(", =<"));
  if (!value_.flag.empty() || name.size() < 2 || name.size() > 40) return;
  value_.flag = name;
  value_.flag_place = place;
}

// env::var("PORT") and its like in C, and the same by a constant's name.
bool SourceValues::environment_call(std::uint32_t file, std::uint32_t at, std::size_t depth) {
  static constexpr std::array<std::string_view, 2> kC = {"getenv", "secure_getenv"};
  static constexpr std::array<std::string_view, 3> kRust = {"var", "var_os", "get_env"};
  const auto& tokens = program_.files()[file].tokens;
  const bool rust = program_.language() == SourceLanguage::rust;
  const bool call = rust ? is_one_of(kRust, tokens[at].text) && at > 1 && tokens[at - 1].is("::")
                         : is_one_of(kC, tokens[at].text);
  if (!call || !is(file, at + 1, "(")) return false;
  const SourceToken* argument = this->at(file, std::uint64_t{at} + 2);
  if (argument == nullptr) return false;
  if (argument->is_text()) {
    set_variable(argument->text, {file, at + 2});
  } else if (argument->is_word() && depth < kMaxDepth) {
    set_variable(constant_text(argument->text), {file, at + 2});
  }
  return true;
}

// The text of a constant: NAME = "PORT", NAME: &str = "PORT", #define NAME "PORT". Empty where there is none.
std::string_view SourceValues::constant_text(std::string_view name) const {
  for (const auto& place : program_.uses(name))
    for (std::uint64_t next = place.token + 1; next < place.token + 6; ++next) {
      const SourceToken* token = this->at(place.file, next);
      if (token == nullptr || token->is(";") || token->is(")") || token->is(",")) break;
      if (token->is_text()) return token->text;
    }
  return {};
}

// Returns the last token that was taken.
std::uint32_t SourceValues::word(const SourceRange& range, std::uint32_t at, std::size_t depth) {
  const auto& file = program_.files()[range.file];
  const auto& token = file.tokens[at];
  if (environment_call(range.file, at, depth)) return std::min(file.closers[at + 1], range.end);
  if (token.text == "INADDR_LOOPBACK" || token.text == "LOCALHOST") value_.loopback = true;
  if (token.text == "INADDR_ANY" || token.text == "UNSPECIFIED") value_.wildcard = true;
  if (token.text == "argv" || token.text == "args") value_.argument = true;
  const bool call = is(range.file, std::uint64_t{at} + 1, "(");
  if (call && is_one_of(kConversions, token.text)) {
    const auto arguments = program_.arguments({range.file, at + 1});
    if (!arguments.empty()) walk(arguments.front(), depth + 1);
    return std::min(file.closers[at + 1], range.end);
  }
  if (call && (token.text == "nth" || token.text == "get" || token.text == "skip"))
    return std::min(file.closers[at + 1], range.end);
  if (is(range.file, std::uint64_t{at} + 1, "::") || is_one_of(kNoValues, token.text)) return at;
  if (call) {
    for (const auto& function : program_.functions(token.text))
      if (function.body.end - function.body.begin <= kMaxBody) walk(function.body, depth + 1);
    return at;
  }
  // Of config.http.port only the last part says what it is.
  const SourceToken* after = this->at(range.file, std::uint64_t{at} + 2);
  const bool member =
      (is(range.file, std::uint64_t{at} + 1, ".") || is(range.file, std::uint64_t{at} + 1, "->")) &&
      after != nullptr && after->is_word() && !is(range.file, std::uint64_t{at} + 3, "(");
  if (!member) name(token.text, range.file, depth + cost_of(token.text));
  return at;
}

void SourceValues::name(std::string_view wanted, std::uint32_t file, std::size_t depth) {
  if (depth > kMaxDepth || !names_.insert(wanted).second) return;
  const auto& uses = program_.uses(wanted);
  if (uses.size() > 2000) return;
  const bool here =
      std::any_of(uses.begin(), uses.end(), [file](SourcePlace place) { return place.file == file; });
  // What the same file says comes first.
  for (const auto& place : uses)
    if (place.file == file) use(place, depth);
  const bool found = value_.number || !value_.variable.empty() || !value_.flag.empty();
  if (!here || !found)
    for (const auto& place : uses)
      if (place.file != file) use(place, depth);
  if (wanted.starts_with("FLAGS_")) name(wanted.substr(6), file, depth + 1);
  parameter(wanted, depth);
}

// One place where the name stands: an assignment, a definition, a field, or an option that sets it.
void SourceValues::use(SourcePlace place, std::size_t depth) {
  if (++steps_ > kMaxSteps) return;
  const std::uint32_t file = place.file;
  const std::uint32_t at = place.token;
  const auto& tokens = program_.files()[file].tokens;
  if (at > 1 && tokens[at - 1].is("define") && tokens[at - 2].is("#")) {
    std::uint32_t end = at + 1;
    while (end < tokens.size() && tokens[end].line == tokens[at].line) ++end;
    walk({file, at + 1, end}, depth + 1);
    return;
  }
  bool condition = false;
  for (std::uint32_t back = at; back > 0 && back + 8 > at; --back) {
    const auto& token = tokens[back - 1];
    if (token.is(";") || token.is("{") || token.is("}")) break;
    if (token.is("if") || token.is("while")) condition = true;
  }
  if (is(file, at + 1, "=")) {
    walk({file, at + 2, end_of_value(file, at + 2, condition)}, depth + 1);
  } else if (is(file, at + 1, ":")) {
    attributes(place);
    std::uint32_t begin = at + 2;
    // `port: u16 = 8080` has a type in between, a field of a literal has not.
    for (std::uint32_t next = begin; next < tokens.size() && next < begin + 12; ++next) {
      if (tokens[next].is(";") || tokens[next].is(",") || tokens[next].is(")") || tokens[next].is("}")) break;
      if (tokens[next].is("=")) {
        begin = next + 1;
        break;
      }
    }
    walk({file, begin, end_of_value(file, begin, condition)}, depth + 1);
  } else if ((is(file, at + 1, "(") || is(file, at + 1, "{")) && at > 0 &&
             (tokens[at - 1].is_word() || tokens[at - 1].is(">") || tokens[at - 1].is("*"))) {
    const std::uint32_t close = program_.files()[file].closers[at + 1];
    const bool definition = close + 1 < tokens.size() && tokens[close + 1].is("{");
    if (close < at + kMaxValue && !definition) walk({file, at + 2, close}, depth + 1);
  } else {
    flag_library(place, depth);
  }
}

std::uint32_t SourceValues::end_of_value(std::uint32_t file, std::uint32_t begin, bool condition) const {
  const auto& source = program_.files()[file];
  const auto size = static_cast<std::uint32_t>(source.tokens.size());
  std::uint32_t end = begin;
  for (; end < size && end < begin + kMaxValue; ++end) {
    const auto& token = source.tokens[end];
    if (token.is(";") || token.is(",") || token.is(")") || token.is("]") || token.is("}")) return end;
    if (condition && token.is("{")) return end;
    if (token.is("(") || token.is("[") || token.is("{")) end = std::min(source.closers[end], size);
  }
  return std::min(end, size);
}

// The attributes in front of a field: `#[arg(long, env = "PORT", default_value_t = 8080)] port: u16` of clap.
void SourceValues::attributes(SourcePlace field) {
  const auto& source = program_.files()[field.file];
  std::uint32_t end = field.token;
  while (end > 0 && (source.tokens[end - 1].is("pub") || source.tokens[end - 1].is(")") ||
                     source.tokens[end - 1].is("crate") || source.tokens[end - 1].is("(")))
    --end;
  for (int count = 0; count < 6 && end > 0 && source.tokens[end - 1].is("]"); ++count) {
    std::uint32_t begin = end - 1;
    while (begin > 0 && begin + 80 > end && source.closers[begin] != end - 1) --begin;
    if (!source.tokens[begin].is("[") || begin == 0) return;
    attribute(field, begin, end);
    end = begin - 1;
  }
}

void SourceValues::attribute(SourcePlace field, std::uint32_t begin, std::uint32_t end) {
  const auto& source = program_.files()[field.file];
  const auto name = source.tokens[field.token].text;
  for (std::uint32_t at = begin; at + 1 < end; ++at) {
    const auto& token = source.tokens[at];
    const bool assigned = source.tokens[at + 1].is("=");
    const SourceToken* given = assigned ? this->at(field.file, std::uint64_t{at} + 2) : nullptr;
    if (token.is("env") && given != nullptr)
      set_variable(given->is_text() ? given->text : constant_text(given->text), {field.file, at});
    if (token.is("env") && given == nullptr && name == "port") set_variable("PORT", {field.file, at});
    if (token.is("long"))
      set_flag(given != nullptr && given->is_text() ? given->text : name, {field.file, at});
    if ((token.is("default_value") || token.is("default_value_t")) && given != nullptr) {
      // What stands beside the option is its own; a number met before came from somewhere else.
      const auto before = value_.number;
      value_.number.reset();
      walk({field.file, at + 2, end - 1}, kMaxDepth - 3);
      if (!value_.number) value_.number = before;
    }
  }
}

// CLI11's add_option("--port,-p", port), gflags' DEFINE_int32(port, 8080, …), Abseil's ABSL_FLAG(int, port,
// 8080, …).
void SourceValues::flag_library(SourcePlace place, std::size_t depth) {
  const auto& source = program_.files()[place.file];
  const auto& tokens = source.tokens;
  const std::uint32_t at = place.token;
  if (at < 2) return;
  const bool is_gflags =
      tokens[at - 1].is("(") && tokens[at - 2].is_word() && tokens[at - 2].text.starts_with("DEFINE_");
  if (is_gflags || (tokens[at - 1].is(",") && at > 4 && tokens[at - 4].is("ABSL_FLAG"))) {
    set_flag(tokens[at].text, place);
    walk({place.file, at + 2, end_of_value(place.file, at + 2, false)}, depth + 1);
  } else if (at > 3 && tokens[at - 1].is(",") && tokens[at - 2].is_text() && tokens[at - 3].is("(") &&
             at > 3 && (tokens[at - 4].is("add_option") || tokens[at - 4].is("add_flag"))) {
    set_flag(tokens[at - 2].text, place);
    for (std::uint32_t next = at; next + 2 < tokens.size() && next < at + 80 && !tokens[next].is(";"); ++next)
      if (tokens[next].is("envname") && tokens[next + 2].is_text())
        set_variable(tokens[next + 2].text, {place.file, next + 2});
  }
}

// What callers hand over.
void SourceValues::parameter(std::string_view wanted, std::size_t depth) {
  if (depth > kMaxDepth) return;
  for (const auto& parameter : program_.parameters(wanted)) {
    if (program_.uses(parameter.function).size() > 200) continue;
    for (const auto& place : program_.uses(parameter.function)) {
      if (!is(place.file, std::uint64_t{place.token} + 1, "(")) continue;
      const auto arguments = program_.arguments({place.file, place.token + 1});
      // The definition itself names the parameter, which leads nowhere.
      if (parameter.position < arguments.size()) walk(arguments[parameter.position], depth + 1);
    }
  }
}

}  // namespace crtune::project
