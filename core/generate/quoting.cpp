#include "core/generate/quoting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::generate {
namespace {

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool all_of(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [more](char c) {
    return is_word_character(c) || more.find(c) != std::string_view::npos;
  });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string yaml_scalar(std::string_view text) {
  const bool starts_well =
      !text.empty() && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
  const bool plain = starts_well && all_of(text, "._/@-:") && text.find(": ") == std::string_view::npos &&
                     text.back() != ':';
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  // Words that YAML 1.1 reads as something else than text.
  const bool word = lower == "true" || lower == "false" || lower == "yes" || lower == "no" || lower == "on" ||
                    lower == "off" || lower == "null" || lower == "y" || lower == "n";
  return plain && !word ? std::string(text) : json_string(text);
}

std::optional<std::string> copy_arguments(const std::vector<std::string>& paths) {
  std::string plain;
  std::string quoted = "[";
  bool simple = true;
  for (const auto& path : paths) {
    // "$" would be a variable and a backslash an escape, in both forms.
    if (path.empty() || has_control(path) || path.find_first_of("$\\`\"") != std::string::npos)
      return std::nullopt;
    simple = simple && all_of(path, "._/@-+*?[]=,~") && path[0] != '-' && path[0] != '[';
    plain += (plain.empty() ? "" : " ") + path;
    quoted += (quoted.size() == 1 ? "" : ", ") + json_string(path);
  }
  return simple ? plain : quoted + "]";
}

std::optional<std::string> ignore_pattern(std::string_view path) {
  if (path.empty() || has_control(path) || path.find_first_of("*?[]\\!#") != std::string_view::npos ||
      path.front() == ' ' || path.back() == ' ')
    return std::nullopt;
  return std::string(path);
}

}  // namespace crtune::generate
