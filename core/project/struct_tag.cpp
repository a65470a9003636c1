#include "core/project/struct_tag.hpp"

#include "core/project/go_lexer.hpp"

#include <algorithm>

namespace crtune::project {

std::optional<GoValue> value_of_tag(std::string_view tag, std::string_view prefix, const base::Place& place) {
  GoValue value;
  for (const std::string_view key : {"env", "envconfig", "conf"})
    if (auto name = tag_value(tag, key)) {
      // `env:"PORT,default=8080"`, `env:"PORT,required"`
      if (const auto at_default = name->find("default="); at_default != std::string::npos)
        value = GoValue::literal(name->substr(at_default + 8), {});
      name->resize(std::min(name->find(','), name->size()));
      if (name->empty() || *name == "-" || name->find(':') != std::string::npos) continue;
      value.origin = GoValue::Origin::variable;
      value.name = key == "env" ? std::string(prefix) + *name : *name;
      break;
    }
  if (value.origin == GoValue::Origin::none)
    for (const std::string_view key : {"long", "arg"})
      if (auto name = tag_value(tag, key); name && !name->empty()) {
        value.origin = GoValue::Origin::flag;
        value.name = *name;
        while (value.name.starts_with("-")) value.name.erase(0, 1);
        value.name.resize(std::min(value.name.find(','), value.name.size()));
        break;
      }
  if (auto text = tag_default(tag)) {
    value.text = value.tail = *std::move(text);
    value.complete = true;
  }
  if (value.is_unknown()) return std::nullopt;
  value.place = place;
  return value;
}

std::string tag_prefix(std::string_view tag) {
  for (const std::string_view key : {"envPrefix", "env-prefix"})
    if (auto prefix = tag_value(tag, key)) return *std::move(prefix);
  static constexpr std::string_view kOption = "prefix=";
  const std::string options = tag_value(tag, "env").value_or("");
  const std::size_t at = options.find(kOption);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + kOption.size();
  return options.substr(begin, std::min(options.find(',', begin), options.size()) - begin);
}

std::optional<std::string> tag_default(std::string_view tag) {
  for (const std::string_view key : {"envDefault", "env-default", "default"})
    if (auto text = tag_value(tag, key)) return text;
  return std::nullopt;
}

std::optional<std::string> tag_value(std::string_view tag, std::string_view key) {
  while (true) {
    const std::size_t begin = tag.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::nullopt;
    tag.remove_prefix(begin);
    const std::size_t colon = tag.find(':');
    if (colon == std::string_view::npos || colon + 1 >= tag.size() || tag[colon + 1] != '"')
      return std::nullopt;
    std::size_t end = colon + 2;
    while (end < tag.size() && tag[end] != '"') end += tag[end] == '\\' ? 2U : 1U;
    if (end >= tag.size()) return std::nullopt;
    if (tag.substr(0, colon) == key) return unquote_go(tag.substr(colon + 1, end - colon));
    tag.remove_prefix(end + 1);
  }
}

}  // namespace crtune::project
