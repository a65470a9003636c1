#include "core/check/rules/rules.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/secret/names.hpp"
#include "core/secret/scan.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::check::rules {
namespace {

// The RUN instructions of a stage that use the variable.
std::vector<std::size_t> users_of(const Subject& subject, std::size_t stage, std::string_view name,
                                  std::size_t after) {
  std::vector<std::size_t> out;
  for (std::size_t i = std::max(after, subject.stages.all[stage].from); i < subject.stages.all[stage].end;
       ++i) {
    if (subject.at(i).keyword != "RUN") continue;
    for (const auto& script : subject.scripts[i]) {
      const auto& text = script.text();
      const std::string braces = fmt::format("${{{}", name);
      for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at + 1)) {
        const bool bare =
            text.compare(at + 1, name.size(), name) == 0 &&
            (at + 1 + name.size() >= text.size() || !dockerfile::is_name(text[at + 1 + name.size()]));
        if (!bare && text.compare(at, braces.size(), braces) != 0) continue;
        out.push_back(i);
        break;
      }
      if (!out.empty() && out.back() == i) break;
    }
  }
  return out;
}

void report_argument(const Subject& subject, Findings& findings, std::size_t index,
                     const dockerfile::Assignment& one) {
  const auto stage = subject.facts(index).stage;
  if (!stage) return;
  const auto users = users_of(subject, *stage, one.name, index);
  if (users.empty()) return;
  std::string id = dockerfile::lower(one.name);
  auto& found =
      findings
          .add_span(index, one.name_span,
                    fmt::format("what {} is given can be read from the image's history", shown(one.name)))
          .unsafe()
          .as(model::Severity::warning);
  found.say(fmt::format("RUN --mount=type=secret,id={},env={} … in place of the ARG", id, shown(one.name)));
  if (subject.at(index).assignments.size() != 1) return;
  found.edit(whole_lines(subject.document, subject.at(index)), "");
  for (const auto i : users)
    found.insert(subject.at(i).keyword_span.end,
                 fmt::format(" --mount=type=secret,id={},env={}", id, one.name));
}

}  // namespace

void check_secret_variable(const Subject& subject, Findings& findings) {
  for (std::size_t i = 0; i < subject.document.instructions.size(); ++i) {
    const auto& instruction = subject.at(i);
    if (instruction.keyword != "ARG" && instruction.keyword != "ENV") continue;
    for (std::size_t k = 0; k < instruction.assignments.size(); ++k) {
      const auto& one = instruction.assignments[k];
      const auto& word = subject.facts(i).words[k];
      const auto kind = secret::judge_name(one.name);
      const std::string value = word.value.value_or("");
      const auto hits =
          word.uses.empty() ? secret::scan_variable(one.name, value, {}) : std::vector<model::SecretHit>();
      if (!hits.empty()) {
        findings.add_span(i, one.name_span, fmt::format("{} holds {}", shown(one.name), hits.front().what));
      } else if (instruction.keyword == "ARG" && kind == secret::NameKind::strong && value.empty()) {
        report_argument(subject, findings, i, one);
      } else if (instruction.keyword == "ENV" && kind == secret::NameKind::strong && word.uses.size() == 1 &&
                 secret::judge_name(word.uses.front().name) == secret::NameKind::strong) {
        findings
            .add_span(i, one.name_span,
                      fmt::format("{} keeps a build argument in the image", shown(one.name)))
            .say("set it in service.yaml from Secret Manager: valueFrom: secretKeyRef:");
      }
    }
  }
}

}  // namespace crtune::check::rules
