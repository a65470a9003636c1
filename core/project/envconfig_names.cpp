#include "core/project/envconfig_names.hpp"

#include "core/project/struct_tag.hpp"

#include <algorithm>

namespace crtune::project {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

bool says_true(const std::string& tag, std::string_view key) {
  const auto value = tag_value(tag, key).value_or("");
  return value == "true" || value == "1" || value == "t" || value == "T" || value == "TRUE" ||
         value == "True";
}

// The name of one field, without what stands before it.
std::string own_name(const GoField& field) {
  std::string named = tag_value(field.tag, "envconfig").value_or("");
  if (!named.empty()) return named;
  return says_true(field.tag, "split_words") ? split_words(field.name) : field.name;
}

std::string behind(const std::string& prefix, const std::string& name) {
  return upper(prefix.empty() ? name : prefix + "_" + name);
}

}  // namespace

std::string split_words(std::string_view name) {
  std::string out;
  const auto add = [&out](std::string_view word) {
    if (!out.empty()) out += '_';
    out += word;
  };
  // A word is a run without capitals, or capitals and what follows them; of several capitals before a small
  // letter the last begins a word of its own.
  while (!name.empty()) {
    std::size_t capitals = 0;
    while (capitals < name.size() && is_upper(name[capitals])) ++capitals;
    std::size_t end = capitals;
    while (end < name.size() && !is_upper(name[end])) ++end;
    // The second part of an acronym's word has at least one character after its capital.
    if (capitals > 1 && end > capitals) {
      add(name.substr(0, capitals - 1));
      add(name.substr(capitals - 1, end - capitals + 1));
    } else {
      add(name.substr(0, end));
    }
    name.remove_prefix(end);
  }
  return out;
}

std::string envconfig_name(std::string_view prefix, const GoStructs::Path& path, const GoField& field) {
  std::string before(prefix);
  for (const auto* step : path.fields) {
    if (says_true(step->tag, "ignored")) return {};
    if (!step->embedded) before = behind(before, own_name(*step));
  }
  if (says_true(field.tag, "ignored")) return {};
  const std::string named = upper(tag_value(field.tag, "envconfig").value_or(""));
  return named == "PORT" ? named : behind(before, own_name(field));
}

}  // namespace crtune::project
