#include "core/project/go_evaluator.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crtune::project {
namespace {

// Functions that give back their first argument, as far as a path or a port is concerned.
constexpr std::array<std::string_view, 26> kPassThrough = {"strconv.Itoa",
                                                           "strconv.Atoi",
                                                           "strconv.ParseInt",
                                                           "strconv.ParseUint",
                                                           "strconv.FormatInt",
                                                           "strconv.FormatUint",
                                                           "strings.TrimSpace",
                                                           "strings.Trim",
                                                           "strings.TrimSuffix",
                                                           "strings.TrimRight",
                                                           "fmt.Sprint",
                                                           "path.Clean",
                                                           "path/filepath.Clean",
                                                           "path/filepath.FromSlash",
                                                           "path/filepath.Abs",
                                                           "path/filepath.ToSlash",
                                                           "net/http.Dir",
                                                           "os.DirFS",
                                                           "os.ExpandEnv",
                                                           "strings.ToLower",
                                                           "path.Base",
                                                           "template.Must",
                                                           "net/http.FileServer",
                                                           "strings.TrimPrefix",
                                                           "github.com/samber/lo.Must",
                                                           "net.ResolveTCPAddr"};
constexpr std::array<std::string_view, 9> kConversions = {"string", "int",    "int32",  "int64", "uint",
                                                          "uint16", "uint32", "uint64", "any"};

template <typename Table>
bool contains(const Table& table, std::string_view word) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

std::vector<const GoPackage*> without_vendored(std::vector<const GoPackage*> packages) {
  std::erase_if(packages, [](const GoPackage* package) { return package->vendored; });
  return packages;
}

}  // namespace

base::Place GoSite::place(std::size_t at) const {
  return {.file = source().path, .line = at < tokens().size() ? tokens()[at].line : 0};
}

GoEvaluator::GoEvaluator(const GoProgram& program, std::vector<const GoPackage*> reachable)
    : program_(program), packages_(without_vendored(std::move(reachable))), structs_(packages_) {
  for (const auto* package : packages_)
    for (std::size_t file = 0; file < package->files.size(); ++file) {
      const auto& tokens = package->files[file].tokens;
      for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].is_identifier()) continue;
        auto& places = mentions_[tokens[i].text];
        if (places.empty() || places.back().package != package || places.back().file != file)
          places.push_back({package, file, {}});
        places.back().at.push_back(i);
      }
    }
}

GoValue GoEvaluator::evaluate(const GoSite& site, TokenRange range) {
  depth_ = 0;
  steps_ = 0;
  total_steps_ = 0;
  wanted_result_ = 0;
  active_.clear();
  return expression(site, range);
}

GoValue GoEvaluator::expression(const GoSite& site, TokenRange range) {
  const Guard guard(*this);
  const auto& tokens = site.tokens();
  if (guard.exceeded() || range.empty()) return {};
  std::vector<TokenRange> terms;
  std::size_t begin = range.begin;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (tokens[i].is("(") || tokens[i].is("[") || tokens[i].is("{")) {
      i = std::min(closing_bracket(tokens, i), range.end);
    } else if (tokens[i].is("+")) {
      terms.push_back({begin, i});
      begin = i + 1;
    } else if (tokens[i].is("||") || tokens[i].is("==") || tokens[i].is("!=")) {
      return {};
    }
  }
  terms.push_back({begin, range.end});
  // A host that leads nowhere must not use up what is needed to find the port.
  const int before = steps_;
  GoValue sum = term(site, terms.front());
  for (std::size_t i = 1; i < terms.size(); ++i) {
    steps_ = before;
    sum = concatenate(sum, term(site, terms[i]));
  }
  return sum;
}

GoValue GoEvaluator::term(const GoSite& site, TokenRange range) {
  const Guard guard(*this);
  const auto& tokens = site.tokens();
  while (!range.empty() && (tokens[range.begin].is("*") || tokens[range.begin].is("&"))) ++range.begin;
  if (range.empty() || guard.exceeded()) return {};
  const GoToken& first = tokens[range.begin];
  if (first.is("(") && closing_bracket(tokens, range.begin) + 1 == range.end)
    return expression(site, {range.begin + 1, range.end - 1});
  if (range.size() == 1) {
    if (first.is_string()) return GoValue::literal(unquote_go(first.text), site.place(range.begin));
    if (first.kind == GoTokenKind::number)
      return GoValue::literal(std::string(first.text), site.place(range.begin));
    if (first.is_identifier()) return name_value(site, range.begin);
    return {};
  }
  if (auto chained = flag_chain(site, range)) return *chained;
  // a.b.c(…): the last bracket is the call's.
  if (tokens[range.end - 1].is(")")) {
    std::size_t open = range.begin;
    for (std::size_t i = range.begin; i < range.end; ++i)
      if (tokens[i].is("(") || tokens[i].is("[") || tokens[i].is("{")) {
        open = i;
        i = closing_bracket(tokens, i);
      }
    if (open > range.begin && tokens[open].is("(") && closing_bracket(tokens, open) + 1 == range.end)
      return call(site, {range.begin, open}, open, range.end - 1);
    return {};
  }
  // a.b, where a is a package or a value.
  const GoToken& last = tokens[range.end - 1];
  if (!last.is_identifier() || !tokens[range.end - 2].is(".")) return {};
  if (range.size() == 3) {
    const auto path = site.source().import_path(first.text);
    if (const GoPackage* other = path.empty() ? nullptr : program_.find(path))
      return package_value(*other, last.text);
    if (!path.empty()) return {};
  }
  return field_value(site, range);
}

GoValue GoEvaluator::call(const GoSite& site, TokenRange callee, std::size_t open, std::size_t close) {
  const auto& tokens = site.tokens();
  const auto arguments = split_list(tokens, {open + 1, close});
  const GoToken& name = tokens[callee.end - 1];
  if (name.is("]")) {  // generic: name[T](…)
    for (std::size_t i = callee.begin; i < callee.end; ++i)
      if (tokens[i].is("["))
        return i == callee.begin ? GoValue() : call(site, {callee.begin, i}, open, close);
  }
  if (!name.is_identifier()) return {};
  if (callee.size() == 1) {
    if (contains(kConversions, name.text) && arguments.size() == 1) return expression(site, arguments[0]);
    for (const auto& function : site.package->functions)
      if (!function.method && function.name == name.text)
        return returned(*site.package, function, site, arguments);
    return {};
  }
  if (callee.size() == 3) {
    const auto path = site.source().import_path(tokens[callee.begin].text);
    if (const GoPackage* other = path.empty() ? nullptr : program_.find(path)) {
      for (const auto& function : other->functions)
        if (!function.method && function.name == name.text)
          return returned(*other, function, site, arguments);
    }
    if (!path.empty()) {
      if (auto known = library_call(site, path, name.text, arguments)) return *known;
    }
  }
  if (auto known = method_call(site, callee, name.text, arguments)) return *known;
  for (const auto& function : site.package->functions)
    if (function.method && function.name == name.text)
      return returned(*site.package, function, site, arguments);
  for (const auto* package : packages_)
    for (const auto& function : package->functions)
      if (function.method && function.name == name.text && arguments.empty())
        return returned(*package, function, site, arguments);
  return {};
}

std::optional<GoValue> GoEvaluator::library_call(const GoSite& site, std::string_view path,
                                                 std::string_view name,
                                                 const std::vector<TokenRange>& arguments) {
  const std::string full = std::string(path) + "." + std::string(name);
  if (full == "os.Getenv" || full == "os.LookupEnv" || full == "syscall.Getenv") {
    if (arguments.size() != 1) return GoValue();
    GoValue key = expression(site, arguments[0]);
    if (!key.complete || key.text.empty()) return GoValue();
    return GoValue::variable(key.text, site.place(arguments[0].begin));
  }
  if (full == "fmt.Sprintf") return format(site, arguments);
  if (full == "path.Join" || full == "path/filepath.Join") return join(site, arguments, "/");
  if (full == "net.JoinHostPort") return join(site, arguments, ":");
  if (full == "cmp.Or") {
    std::vector<GoValue> values;
    values.reserve(arguments.size());
    for (const auto argument : arguments) values.push_back(expression(site, argument));
    return merge(values);
  }
  if (full == "net.ResolveTCPAddr" && arguments.size() == 2) return expression(site, arguments[1]);
  if ((contains(kPassThrough, full) || path == "github.com/spf13/cast") && !arguments.empty())
    return expression(site, arguments[0]);
  return std::nullopt;
}

GoValue GoEvaluator::join(const GoSite& site, const std::vector<TokenRange>& arguments,
                          std::string_view separator) {
  GoValue sum = GoValue::literal("", {});
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const GoValue part = expression(site, arguments[i]);
    // Which part is missing matters only for a path: net.JoinHostPort("", port) is ":" and the port, and a
    // host that is not known leaves the port known.
    if (separator == ":" && i == 0 && !part.complete) {
      sum = GoValue::literal("", {});
    } else if (i == 0) {
      sum = part;
    } else {
      sum = concatenate(sum, part);
    }
    if (i + 1 < arguments.size()) sum = concatenate(sum, GoValue::literal(std::string(separator), {}));
  }
  return sum;
}

GoValue GoEvaluator::format(const GoSite& site, const std::vector<TokenRange>& arguments) {
  if (arguments.empty()) return {};
  const GoValue pattern = expression(site, arguments[0]);
  if (!pattern.complete) return {};
  GoValue sum = GoValue::literal("", pattern.place);
  std::size_t next = 1;
  const std::string& text = pattern.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 1 >= text.size()) {
      sum = concatenate(sum, GoValue::literal(std::string(1, text[i]), pattern.place));
      continue;
    }
    const char verb = text[++i];
    if (verb == '%') {
      sum = concatenate(sum, GoValue::literal("%", pattern.place));
    } else if (std::string_view("sdv").find(verb) == std::string_view::npos || next >= arguments.size()) {
      return {};
    } else {
      const int before = steps_;
      GoValue part = expression(site, arguments[next++]);
      steps_ = before;
      // "%s:%d" with an unknown host: the port is what matters.
      if (sum.text.empty() && part.is_unknown() && text.substr(i + 1, 1) == ":")
        part = GoValue::literal("", pattern.place);
      sum = concatenate(sum, part);
    }
  }
  return sum;
}

GoValue GoEvaluator::returned(const GoPackage& package, const GoFunction& function, const GoSite& site,
                              const std::vector<TokenRange>& arguments) {
  const Guard guard(*this);
  const std::size_t result = std::exchange(wanted_result_, 0);
  if (guard.exceeded()) return {};
  if (!active_.insert({&function, "return"}).second) return {};
  GoFrame frame;
  for (std::size_t i = 0; i < function.parameters.size() && i < arguments.size(); ++i)
    frame.emplace(function.parameters[i], expression(site, arguments[i]));
  const GoSite inside{&package, function.file, &frame};
  const auto& tokens = inside.tokens();
  std::vector<GoValue> values;
  for (std::size_t i = function.body; i < function.end; ++i) {
    if (!tokens[i].is("return")) continue;
    const std::size_t end = statement_end(tokens, i + 1);
    const auto parts = split_list(tokens, {i + 1, end});
    if (result < parts.size()) values.push_back(expression(inside, parts[result]));
  }
  active_.erase({&function, "return"});
  return merge(values);
}

}  // namespace crtune::project
