// How a name gets its value: declarations, assignments, parameters, struct fields.
#include "core/project/go_evaluator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace crtune::project {
namespace {

constexpr std::size_t kMaxPlaces = 64;  // of one name; more say nothing

bool is_assignment(const GoToken& token) {
  return token.is(":=") || token.is("=");
}

// The index of `function`'s parameter `name`, or nothing.
std::optional<std::size_t> parameter_index(const GoFunction& function, std::string_view name) {
  const auto found = std::find(function.parameters.begin(), function.parameters.end(), name);
  if (found == function.parameters.end()) return std::nullopt;
  return static_cast<std::size_t>(found - function.parameters.begin());
}

// `name, err := f()`: the position of the name and where the right side begins; nothing if it is no target.
struct Assignment {
  std::size_t position = 0;
  std::size_t right = 0;
};
std::optional<Assignment> find_assignment(const std::vector<GoToken>& tokens, std::size_t at,
                                          std::size_t end) {
  Assignment found;
  for (std::size_t i = at; i >= 2 && tokens[i - 1].is(",") && tokens[i - 2].is_identifier(); i -= 2)
    ++found.position;
  for (std::size_t i = at + 1; i < end && i < at + 24; ++i) {
    if (is_assignment(tokens[i])) {
      found.right = i + 1;
      return found;
    }
    const bool list = tokens[i].is(",") || tokens[i].is_identifier() || tokens[i].is(".") ||
                      tokens[i].is("*") || tokens[i].is("[") || tokens[i].is("]");
    if (!list) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

GoValue GoEvaluator::name_value(const GoSite& site, std::size_t at) {
  const Guard guard(*this);
  const auto& tokens = site.tokens();
  const std::string name(tokens[at].text);
  if (guard.exceeded() || name == "nil" || name == "true" || name == "false" || name == "_") return {};
  const GoFunction* function = enclosing_function(*site.package, site.file, at);
  if (function == nullptr) return package_value(*site.package, name);
  if (!active_.insert({function, name}).second) return {};
  std::vector<GoValue> values;
  assigned(site, {function->body, function->end}, {.name = name}, values);
  if (const auto index = parameter_index(*function, name)) {
    const auto bound = site.frame == nullptr ? GoFrame::const_iterator() : site.frame->find(name);
    values.push_back(site.frame != nullptr && bound != site.frame->end()
                         ? bound->second
                         : parameter_value(*site.package, *function, *index));
  } else if (values.empty()) {
    values.push_back(package_value(*site.package, name));
  }
  active_.erase({function, name});
  return merge(values);
}

GoValue GoEvaluator::package_value(const GoPackage& package, std::string_view name) {
  const Guard guard(*this);
  if (guard.exceeded() || !active_.insert({&package, std::string(name)}).second) return {};
  std::vector<GoValue> values;
  for (std::size_t file = 0; file < package.files.size(); ++file) {
    const GoSite site{&package, file, nullptr};
    assigned(site, {0, site.tokens().size()}, {.name = name}, values);
  }
  active_.erase({&package, std::string(name)});
  return merge(values);
}

GoValue GoEvaluator::parameter_value(const GoPackage& package, const GoFunction& function,
                                     std::size_t index) {
  const auto found = mentions_.find(function.name);
  if (found == mentions_.end() || found->second.size() > kMaxPlaces) return {};
  std::vector<GoValue> values;
  for (const auto& [caller, file, positions] : found->second) {
    if (!function.method && caller != &package && caller->files[file].import_path(package.name).empty() &&
        std::none_of(caller->files[file].imports.begin(), caller->files[file].imports.end(),
                     [&package](const GoImport& import) { return import.path == package.import_path; }))
      continue;
    const GoSite site{caller, file, nullptr};
    const auto& tokens = site.tokens();
    for (const std::size_t i : positions) {
      if (i + 1 >= tokens.size() || !tokens[i + 1].is("(")) continue;
      if (i > 0 && (tokens[i - 1].is("func") || (tokens[i - 1].is(")") && i + 1 < tokens.size() &&
                                                 enclosing_function(*caller, file, i + 1) != nullptr &&
                                                 enclosing_function(*caller, file, i + 1)->begin < i &&
                                                 enclosing_function(*caller, file, i + 1)->body > i)))
        continue;  // its own declaration
      const auto arguments = split_list(tokens, {i + 2, closing_bracket(tokens, i + 1)});
      if (index < arguments.size()) values.push_back(expression(site, arguments[index]));
    }
  }
  return merge(values);
}

GoValue GoEvaluator::field_value(const GoSite& site, TokenRange selector) {
  const Guard guard(*this);
  static constexpr char kField = 'f';
  const auto& tokens = site.tokens();
  Wanted wanted{.name = tokens[selector.end - 1].text, .field = true};
  const TokenRange chain{selector.begin, selector.end - 2};
  const bool simple =
      std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(chain.begin),
                  tokens.begin() + static_cast<std::ptrdiff_t>(chain.end),
                  [](const GoToken& token) { return token.is_identifier() || token.is("."); });
  if (simple) wanted.types = structs_.with_embedded(structs_.types_of(*site.package, site.file, chain));
  if (simple && chain.size() >= 3) wanted.parent = tokens[chain.end - 1].text;
  const std::string key = fmt::format("{} {}", wanted.name, fmt::join(wanted.types, " "));
  if (guard.exceeded() || !active_.insert({&kField, key}).second) return {};
  std::vector<GoValue> values;
  const auto found = mentions_.find(wanted.name);
  // The own package knows best what its field holds; then whoever else names it.
  for (const bool own : {true, false}) {
    if (found == mentions_.end() || found->second.size() > kMaxPlaces) break;
    for (const auto& [package, file, positions] : found->second) {
      if ((package == site.package) != own) continue;
      const GoSite other{package, file, package == site.package && file == site.file ? site.frame : nullptr};
      assigned(other, {0, other.tokens().size()}, wanted, values);
    }
    const bool enough =
        std::any_of(values.begin(), values.end(), [](const auto& v) { return !v.is_unknown(); });
    if (enough && wanted.types.empty()) break;
  }
  active_.erase({&kField, key});
  return merge(values);
}

// Whether the field named at `at` is one of a type that is asked for. What is not known fits.
bool GoEvaluator::fits(const GoSite& site, std::size_t at, const Wanted& wanted) const {
  if (!wanted.field || wanted.types.empty()) return true;
  const auto& tokens = site.tokens();
  const auto one_of = [&wanted](const GoTypes& types) {
    return types.empty() || std::any_of(types.begin(), types.end(),
                                        [&wanted](const auto& type) { return wanted.types.contains(type); });
  };
  if (at > 1 && tokens[at - 1].is(".")) {
    std::size_t begin = at - 1;
    while (begin > 0 && (tokens[begin - 1].is_identifier() || tokens[begin - 1].is("."))) --begin;
    if (!tokens[begin].is_identifier() || tokens[begin].is("return")) return true;
    return one_of(structs_.with_embedded(structs_.types_of(*site.package, site.file, {begin, at - 1})));
  }
  if (at + 1 < tokens.size() && tokens[at + 1].is(":")) {
    const auto open = enclosing_bracket(tokens, at);
    if (!open) return true;
    GoTypeId type = structs_.literal_type(*site.package, site.file, *open);
    return type.empty() || one_of(structs_.with_embedded({std::move(type)}));
  }
  const GoStruct* owner = structs_.around(*site.package, site.file, at);
  return owner != nullptr && wanted.types.contains(owner->id);
}

void GoEvaluator::assigned(const GoSite& site, TokenRange range, const Wanted& wanted,
                           std::vector<GoValue>& values) {
  const auto& tokens = site.tokens();
  const auto found = mentions_.find(wanted.name);
  if (found == mentions_.end()) return;
  const auto here = std::find_if(found->second.begin(), found->second.end(), [&site](const Mention& mention) {
    return mention.package == site.package && mention.file == site.file;
  });
  if (here == found->second.end()) return;
  for (auto it = std::lower_bound(here->at.begin(), here->at.end(), range.begin); it != here->at.end();
       ++it) {
    const std::size_t i = *it;
    if (i >= range.end) return;
    if (!fits(site, i, wanted)) continue;
    auto value = assignment_at(site, range, i, wanted);
    if (!value) continue;
    // What a declaration's tag says is sure; a literal may be of another type with a field of the same name.
    const bool declared = wanted.field && i > 0 && (tokens[i - 1].is(";") || tokens[i - 1].is("{")) &&
                          i + 1 < range.end && !tokens[i + 1].is(":");
    values.insert(declared ? values.begin() : values.end(), std::move(*value));
    if (values.size() > kMaxPlaces) return;
  }
}

std::optional<GoValue> GoEvaluator::assignment_at(const GoSite& site, TokenRange range, std::size_t at,
                                                  const Wanted& wanted) {
  const auto& tokens = site.tokens();
  const bool after_dot = at > 0 && tokens[at - 1].is(".");
  if (auto bound = bound_by_flag(site, range, at)) return bound;
  if (wanted.field && !after_dot) {
    // `Field: value` in a literal, or a field declared with a tag.
    const bool key = at + 1 < range.end && tokens[at + 1].is(":") && at > 0 &&
                     (tokens[at - 1].is("{") || tokens[at - 1].is(","));
    if (!key) return declared_field(site, at, wanted.parent);
    std::size_t end = at + 2;
    while (end < range.end && !tokens[end].is(",") && !tokens[end].is("}") && !tokens[end].is(";")) {
      if (tokens[end].is("(") || tokens[end].is("[") || tokens[end].is("{"))
        end = closing_bracket(tokens, end);
      ++end;
    }
    return expression(site, {at + 2, std::min(end, range.end)});
  }
  if (wanted.field != after_dot) return std::nullopt;
  const auto found = find_assignment(tokens, at, range.end);
  if (!found) return std::nullopt;
  const TokenRange right{found->right, std::min(statement_end(tokens, found->right), range.end)};
  const auto parts = split_list(tokens, right);
  if (found->position < parts.size() && (parts.size() > 1 || found->position == 0))
    return expression(site, parts[found->position]);
  if (parts.size() != 1) return std::nullopt;
  // network, address := f(): a later result of a function of the program.
  wanted_result_ = found->position;
  GoValue value = expression(site, parts.front());
  const bool used = std::exchange(wanted_result_, 0) == 0;
  return used ? std::optional(std::move(value)) : std::nullopt;
}

}  // namespace crtune::project
