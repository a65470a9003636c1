// Flags and settings libraries: flag, pflag, cobra, kingpin, urfave/cli, viper.
#include "core/project/go_evaluator.hpp"
#include "core/project/go_flags.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace crtune::project {
namespace {

constexpr std::array<std::string_view, 8> kFlagTypes = {"String", "Int",    "Int64",  "Int32",
                                                        "Uint",   "Uint16", "Uint64", "Uint32"};

GoValue flag_value(std::string name, const GoValue& initial, base::Place place) {
  GoValue value = initial;
  if (value.origin ==
      GoValue::Origin::none) {  // else the default comes from a variable, which is easier to set
    value.origin = GoValue::Origin::flag;
    value.name = std::move(name);
    value.before.clear();
    value.place = std::move(place);
  }
  return value;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string variable_name(std::string_view key) {
  std::string name;
  for (const char c : key)
    name += c == '.' || c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

// The value of `key:` inside the braces at `open`.
TokenRange literal_member(const std::vector<GoToken>& tokens, std::size_t open, std::string_view key) {
  for (const auto part : split_list(tokens, {open + 1, closing_bracket(tokens, open)}))
    if (part.size() > 2 && tokens[part.begin].is(key) && tokens[part.begin + 1].is(":"))
      return {part.begin + 2, part.end};
  return {};
}

std::string first_string(const std::vector<GoToken>& tokens, TokenRange range) {
  for (std::size_t i = range.begin; i < range.end; ++i)
    if (tokens[i].is_string()) return unquote_go(tokens[i].text);
  return {};
}

}  // namespace

std::optional<FlagShape> flag_shape(std::string_view method) {
  for (const auto type : kFlagTypes) {
    if (!method.starts_with(type)) continue;
    const auto suffix = method.substr(type.size());
    if (suffix.empty()) return FlagShape{0, 1, 3};
    if (suffix == "P") return FlagShape{0, 2, 4};
    if (suffix == "Var") return FlagShape{1, 2, 4};
    if (suffix == "VarP") return FlagShape{1, 3, 5};
  }
  return std::nullopt;
}

std::optional<GoValue> GoEvaluator::method_call(const GoSite& site, TokenRange callee, std::string_view name,
                                                const std::vector<TokenRange>& arguments) {
  const auto& tokens = site.tokens();
  if (const auto shape = flag_shape(name); shape && arguments.size() == shape->arguments) {
    const GoValue key = expression(site, arguments[shape->name]);
    if (key.complete && !key.text.empty())
      return flag_value(key.text, expression(site, arguments[shape->value]), site.place(callee.begin));
  }
  const bool getter = name.starts_with("Get") || flag_shape(name).has_value() || name == "MustGet";
  if (getter && arguments.size() == 1 && !tokens[arguments[0].begin].is("&"))
    return settings_call(name, site, arguments[0]);
  return std::nullopt;
}

std::optional<GoValue> GoEvaluator::bound_by_flag(const GoSite& site, TokenRange range, std::size_t at) {
  const auto& tokens = site.tokens();
  // XxxVar(&name, …) or XxxVar(&a.b.name, …)
  std::size_t start = at;
  while (start >= 2 && tokens[start - 1].is(".") && tokens[start - 2].is_identifier()) start -= 2;
  if (start < range.begin + 3 || !tokens[start - 1].is("&") || !tokens[start - 2].is("("))
    return std::nullopt;
  const auto shape = flag_shape(tokens[start - 3].text);
  const auto arguments = split_list(tokens, {start - 1, closing_bracket(tokens, start - 2)});
  if (!shape || shape->name != 1 || arguments.size() != shape->arguments || arguments[0].end != at + 1)
    return std::nullopt;
  const GoValue key = expression(site, arguments[1]);
  if (!key.complete) return std::nullopt;
  return flag_value(key.text, expression(site, arguments[shape->value]), site.place(start));
}

// kingpin: app.Flag("listen", "help").Envar("X").Default(":80").String()
std::optional<GoValue> GoEvaluator::flag_chain(const GoSite& site, TokenRange range) {
  const auto& tokens = site.tokens();
  GoValue value;
  std::string flag;
  std::string variable;
  for (std::size_t i = range.begin; i + 2 < range.end; ++i) {
    if (!tokens[i].is_identifier() || !tokens[i + 1].is("(")) continue;
    const std::size_t close = closing_bracket(tokens, i + 1);
    if (tokens[i].is("Flag") && close + 1 < range.end && tokens[close + 1].is("."))
      flag = first_string(tokens, {i + 2, close});
    if (flag.empty()) {
      i = close;
      continue;
    }
    if (tokens[i].is("Envar") || tokens[i].is("OverrideDefaultFromEnvar"))
      variable = first_string(tokens, {i + 2, close});
    if (tokens[i].is("Default")) value = expression(site, {i + 2, close});
    i = close;
  }
  if (flag.empty()) return std::nullopt;
  if (variable.empty()) return flag_value(flag, value, site.place(range.begin));
  value.origin = GoValue::Origin::variable;
  value.name = variable;
  value.place = site.place(range.begin);
  return value;
}

// GetString("port"), c.String("port"): what defines the key somewhere in the program.
std::optional<GoValue> GoEvaluator::settings_call(std::string_view name, const GoSite& site, TokenRange key) {
  const GoValue wanted = expression(site, key);
  if (!wanted.complete || wanted.text.empty() || wanted.text.size() > 60) return std::nullopt;
  return setting(wanted.text, name.starts_with("Get") ? Lookup::viper : Lookup::flags, wanted.place);
}

std::optional<GoValue> GoEvaluator::setting(const std::string& key, Lookup lookup, const base::Place& place) {
  const std::string guard_name = "setting " + key;
  if (!active_.insert({this, guard_name}).second) return std::nullopt;
  std::vector<GoValue> values;
  std::string prefix;
  const bool automatic = mentions_.contains("AutomaticEnv") && lookup != Lookup::flags;
  for (const auto* package : packages_)
    for (std::size_t file = 0; file < package->files.size(); ++file) {
      const GoSite other{package, file, nullptr};
      const auto& tokens = other.tokens();
      for (std::size_t i = 2; i < tokens.size(); ++i) {
        if (!tokens[i].is_string()) continue;
        const bool first = tokens[i - 1].is("(");
        if (first && tokens[i - 2].is("SetEnvPrefix")) prefix = unquote_go(tokens[i].text) + "_";
        const std::string named = unquote_go(tokens[i].text);
        // viper does not tell upper from lower case.
        if (named != key && (lookup == Lookup::flags || lower(named) != key)) continue;
        const auto open = enclosing_bracket(tokens, i);
        if (!open || *open == 0) continue;
        const auto arguments = split_list(tokens, {*open + 1, closing_bracket(tokens, *open)});
        const std::string_view callee = tokens[*open - 1].text;
        const auto shape = flag_shape(callee);
        if (tokens[*open].is("(") && shape && arguments.size() == shape->arguments) {
          values.push_back(flag_value(key, expression(other, arguments[shape->value]), other.place(i)));
        } else if (first && callee == "SetDefault" && arguments.size() == 2) {
          values.push_back(expression(other, arguments[1]));
        } else if (first && callee.ends_with("BindEnv")) {
          const std::string bound =
              arguments.size() > 1 ? first_string(tokens, arguments[1]) : variable_name(key);
          if (!bound.empty()) values.push_back(GoValue::variable(bound, other.place(i)));
        } else if (tokens[*open].is("{") && i >= 2 && tokens[i - 1].is(":") && tokens[i - 2].is("Name")) {
          GoValue value = expression(other, literal_member(tokens, *open, "Value"));
          std::string bound;
          for (const std::string_view member : {"EnvVars", "EnvVar", "Sources"})
            if (bound.empty()) bound = first_string(tokens, literal_member(tokens, *open, member));
          value = flag_value(key, value, other.place(i));
          if (!bound.empty()) {
            value.origin = GoValue::Origin::variable;
            value.name = bound;
          }
          values.push_back(value);
        }
      }
    }
  active_.erase({this, guard_name});
  if (automatic && (lookup == Lookup::viper || !values.empty()))
    values.insert(values.begin(), GoValue::variable(variable_name(prefix + key), place));
  // A variable is easier to set than a flag, and a default is the default of both.
  std::stable_sort(values.begin(), values.end(), [](const GoValue& a, const GoValue& b) {
    return (a.origin == GoValue::Origin::variable) > (b.origin == GoValue::Origin::variable);
  });
  if (values.empty()) return std::nullopt;
  return merge(values);
}

}  // namespace crtune::project
