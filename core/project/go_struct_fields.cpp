// Struct fields that a library fills: from the environment, from flags, through viper.
#include "core/project/envconfig_names.hpp"
#include "core/project/go_evaluator.hpp"
#include "core/project/go_tables.hpp"
#include "core/project/struct_tag.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

// viper does not tell upper from lower case.
std::string viper_name(const GoField& field) {
  std::string name = tag_value(field.tag, "mapstructure").value_or(field.name);
  name.resize(std::min(name.find(','), name.size()));
  return lower(std::move(name));
}

std::string viper_key(const GoStructs::Path& path, const GoField& field) {
  std::string key;
  for (const auto* step : path.fields) {
    const bool squashed =
        step->embedded ||
        tag_value(step->tag, "mapstructure").value_or("").find("squash") != std::string::npos;
    if (!squashed) key += viper_name(*step) + ".";
  }
  const std::string own = viper_name(field);
  return own.empty() ? own : key + own;
}

}  // namespace

// The calls of Process and MustProcess, found once.
const std::vector<GoEvaluator::Process>& GoEvaluator::processed() {
  if (processed_) return *processed_;
  processed_.emplace();
  for (const std::string_view function : {"Process", "MustProcess"}) {
    const auto found = mentions_.find(function);
    if (found == mentions_.end()) continue;
    for (const auto& [package, file, positions] : found->second) {
      const GoSite site{package, file, nullptr};
      const auto& tokens = site.tokens();
      for (const std::size_t at : positions) {
        if (at < 2 || at + 1 >= tokens.size() || !tokens[at + 1].is("(") || !tokens[at - 1].is(".")) continue;
        if (!import_matches(site.source().import_path(tokens[at - 2].text),
                            "github.com/kelseyhightower/envconfig"))
          continue;
        const auto arguments = split_list(tokens, {at + 2, closing_bracket(tokens, at + 1)});
        if (arguments.size() != 2) continue;
        TokenRange target = arguments[1];
        while (!target.empty() && tokens[target.begin].is("&")) ++target.begin;
        const GoValue prefix = expression(site, arguments[0]);
        processed_->push_back(
            {prefix.complete ? prefix.text : "", structs_.types_of(*package, file, target)});
      }
    }
  }
  return *processed_;
}

// env.Options{Prefix: "APP_"} of caarlos0/env.
std::string GoEvaluator::env_prefix() {
  if (env_prefix_) return *env_prefix_;
  env_prefix_.emplace();
  const auto found = mentions_.find("Prefix");
  if (found == mentions_.end()) return *env_prefix_;
  for (const auto& [package, file, positions] : found->second) {
    const GoSite site{package, file, nullptr};
    const auto& tokens = site.tokens();
    for (const std::size_t at : positions) {
      const auto open = enclosing_bracket(tokens, at);
      if (!open || *open == 0 || !tokens[*open].is("{") || at + 2 >= tokens.size() || !tokens[at + 1].is(":"))
        continue;
      const GoTypeId type = structs_.literal_type(*package, file, *open);
      if (!type.starts_with("github.com/caarlos0/env") || !type.ends_with(".Options")) continue;
      const GoValue prefix = expression(site, {at + 2, at + 3});
      if (prefix.complete) env_prefix_ = prefix.text;
    }
  }
  return *env_prefix_;
}

std::optional<GoValue> GoEvaluator::field_by_path(const GoStructs::Path& path, const GoField& field,
                                                  const base::Place& place) {
  // Settings may be held by what is none itself, a server with its configuration: from every level down.
  GoStructs::Path below = path;
  while (true) {
    if (auto value = field_from(below, field, place)) return value;
    if (below.fields.empty()) break;
    below.root = below.fields.front()->type;
    below.fields.erase(below.fields.begin());
  }
  std::string prefix = env_prefix();
  for (const auto* step : path.fields) prefix += tag_prefix(step->tag);
  return value_of_tag(field.tag, prefix, place);
}

// What viper or envconfig gives the field, where the struct that they are given is the path's root.
std::optional<GoValue> GoEvaluator::field_from(const GoStructs::Path& path, const GoField& field,
                                               const base::Place& place) {
  if (mentions_.contains("viper") && mentions_.contains("Unmarshal")) {
    const std::string key = viper_key(path, field);
    auto value = key.empty() ? std::nullopt : setting(key, Lookup::viper_known, place);
    if (value) return value;
  }
  for (const auto& call : processed()) {
    if (!call.targets.empty() && !call.targets.contains(path.root)) continue;
    std::string name = envconfig_name(call.prefix, path, field);
    if (name.empty()) continue;
    GoValue value = GoValue::variable(std::move(name), place);
    if (auto text = tag_default(field.tag)) {
      value.text = value.tail = *std::move(text);
      value.complete = true;
    }
    return value;
  }
  return std::nullopt;
}

std::optional<GoValue> GoEvaluator::declared_field(const GoSite& site, std::size_t at,
                                                   std::string_view parent) {
  const GoStruct* owner = structs_.around(*site.package, site.file, at);
  if (owner == nullptr) return std::nullopt;
  const auto field = std::find_if(owner->fields.begin(), owner->fields.end(),
                                  [at](const GoField& candidate) { return candidate.at == at; });
  if (field == owner->fields.end()) return std::nullopt;
  const auto paths = structs_.paths_to(owner->id);
  const auto through_parent = [parent](const GoStructs::Path& path) {
    return !path.fields.empty() && path.fields.back()->name == parent;
  };
  const bool any = std::any_of(paths.begin(), paths.end(), through_parent);
  std::vector<GoValue> values;
  for (const auto& path : paths) {
    if (any && !through_parent(path)) continue;
    if (auto value = field_by_path(path, *field, site.place(at))) values.push_back(*std::move(value));
  }
  if (values.empty()) return std::nullopt;
  return merge(values);
}

}  // namespace crtune::project
