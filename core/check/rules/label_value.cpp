#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/dockerfile/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

bool is_time(std::string_view text) {
  static constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kShape.size() + 1) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i)
    if (kShape[i] == 'd' ? !dockerfile::is_digit(text[i]) : text[i] != kShape[i]) return false;
  return text.back() == 'Z' || text.find_first_of("+-", kShape.size()) != std::string_view::npos;
}

std::string_view fault(std::string_view name, std::string_view value) {
  if (value.empty()) return "is empty";
  if ((name == "url" || name == "source" || name == "documentation") &&
      value.find("://") == std::string_view::npos)
    return "is no URL";
  if (name == "created" && !is_time(value)) return "is no RFC 3339 time";
  const bool hash = value.size() >= 7 && std::all_of(value.begin(), value.end(), [](char c) {
                      return dockerfile::is_digit(c) || (c >= 'a' && c <= 'f');
                    });
  if (name == "revision" && !hash) return "is no commit";
  if (name == "version" && value.find(' ') != std::string_view::npos) return "is no version";
  if (name == "licenses" &&
      (value.find("://") != std::string_view::npos || value.find(',') != std::string_view::npos))
    return "is no SPDX expression";
  return {};
}

}  // namespace

void check_label_value(const Subject& subject, Findings& findings) {
  static constexpr std::string_view kPrefix = "org.opencontainers.image.";
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    if (subject.at(i).keyword != "LABEL") continue;
    for (std::size_t k = 0; k < subject.at(i).assignments.size(); ++k) {
      const auto& one = subject.at(i).assignments[k];
      const auto& word = subject.facts(i).words[k];
      const std::string key = dockerfile::unquoted(one.name, subject.document.escape);
      if (!word.value || !word.uses.empty()) continue;
      const auto says = key.starts_with(kPrefix)
                            ? fault(std::string_view(key).substr(kPrefix.size()), *word.value)
                        : word.value->empty() ? std::string_view("is empty")
                                              : std::string_view();
      if (!says.empty()) findings.add_span(i, one.span, fmt::format("the value of {} {}", shown(key), says));
    }
  }
}

}  // namespace crtune::check::rules
