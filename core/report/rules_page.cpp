#include "core/report/rules_page.hpp"

#include "core/report/json_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace crtune::report {

using model::RuleText;
using model::severity_word;

namespace {

// Breaks at spaces; later lines are indented like the first.
void append_wrapped(std::string& out, std::string_view label, std::string_view text, std::size_t columns) {
  const std::size_t indent = label.size();
  out += label;
  std::size_t at = indent;
  bool first = true;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (!first && at + 1 + word.size() > columns) {
      out.append("\n").append(indent, ' ');
      at = indent;
      first = true;
    }
    if (!first) out += ' ';
    out += word;
    at += word.size() + (first ? 0 : 1);
    first = false;
  }
  out += '\n';
}

// Signs that Markdown would read as its own.
std::string as_markdown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '_' || c == '<' || c == '>' || c == '|' || c == '$' || c == '`' || c == '#')
      out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string rules_markdown(std::span<const RuleText> rules) {
  std::string out =
      "# Rules\n\n"
      "Written by `cloudrun-tune rules --format markdown`. `cloudrun-tune rules ID` tells of one rule. The "
      "severity is "
      "the\nusual one; a finding may state another, for instance by how much it costs.\n\n"
      "| rule | severity | what |\n|---|---|---|\n";
  for (const auto& rule : rules)
    out += fmt::format(
        "| [{0}](#{1}) | {2} | {3} |\n", rule.id,
        [&] {
          std::string anchor(rule.id);
          for (char& c : anchor) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
          return anchor;
        }(),
        severity_word(rule.severity), as_markdown(rule.title));
  for (const auto& rule : rules)
    out += fmt::format("\n## {}\n\n**{}** ({})\n\n{}\n\nFix: {}\n{}", rule.id, as_markdown(rule.title),
                       severity_word(rule.severity), as_markdown(rule.why), as_markdown(rule.fix),
                       rule.peers.empty() ? "" : fmt::format("\nElsewhere: {}\n", rule.peers));
  return out;
}

std::string rule_text(const RuleText& rule, std::size_t columns) {
  std::string out = fmt::format("{}  {}  ({})\n", rule.id, rule.title, severity_word(rule.severity));
  append_wrapped(out, "  why  ", rule.why, columns);
  append_wrapped(out, "  fix  ", rule.fix, columns);
  if (!rule.peers.empty()) append_wrapped(out, "  peers  ", rule.peers, columns);
  return out;
}

std::string rules_text(std::span<const RuleText> rules) {
  std::size_t width = 0;
  for (const auto& rule : rules) width = std::max(width, rule.id.size());
  std::string out;
  for (const auto& rule : rules)
    out += fmt::format("{:<{}}  {:<7}  {}\n", rule.id, width, severity_word(rule.severity), rule.title);
  return out;
}

std::string rules_json(std::span<const RuleText> rules) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const auto& rule : rules) {
    json.begin_object();
    json.key("id").text(rule.id);
    json.key("title").text(rule.title);
    json.key("severity").text(severity_word(rule.severity));
    json.key("why").text(rule.why);
    json.key("fix").text(rule.fix);
    json.key("peers").known_text(rule.peers);
    json.end_object();
  }
  json.end_array();
  out += '\n';
  return out;
}

}  // namespace crtune::report
