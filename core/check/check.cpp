#include "core/check/check.hpp"

#include "core/base/escape.hpp"
#include "core/check/masked_text.hpp"
#include "core/check/rules/rule.hpp"
#include "core/check/suppressions.hpp"
#include "core/dockerfile/characters.hpp"
#include "core/secret/mask.hpp"

#include <algorithm>
#include <tuple>

namespace crtune::check {
namespace {

using dockerfile::Document;

constexpr std::size_t kFixColumns = 400;
constexpr std::size_t kInstructionColumns = 200;

// Continued lines as one.
std::string joined(std::string_view text, char escape) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t next =
        text[i] == escape ? text.find_first_not_of(" \t\r", i + 1) : std::string_view::npos;
    if (next != std::string_view::npos && text[next] == '\n') {
      i = next;
      while (i + 1 < text.size() && (text[i + 1] == ' ' || text[i + 1] == '\t')) ++i;
    } else {
      out += text[i];
    }
  }
  return base::one_line(secret::masked_words(dockerfile::trim(out)), kFixColumns);
}

// What stands there once the edits are made: the lines that they touch.
std::string line_after(const Document& document, const std::string& shown,
                       const std::vector<dockerfile::Edit>& edits) {
  // Of edits in several places the first line that is not just taken out tells most.
  for (const auto& edit : edits) {
    const auto first = document.place(edit.span.begin).line;
    const auto last = document.place(std::max(edit.span.begin + 1, edit.span.end) - 1).line;
    const std::size_t begin = document.lines[first - 1].span.begin;
    const std::size_t end = document.lines[last - 1].end;
    std::vector<dockerfile::Edit> here;
    for (const auto& each : edits) {
      if (each.span.begin < begin || each.span.begin > end) continue;
      here.push_back({{each.span.begin - begin, std::min(each.span.end, end) - begin}, each.text});
    }
    std::string line =
        joined(apply_edits(std::string_view(shown).substr(begin, end - begin), here), document.escape);
    if (!line.empty()) return line;
  }
  return edits.empty() ? std::string() : "without this line";
}

void complete(const Document& document, const std::string& path, const std::string& shown, Found& found) {
  model::Finding& finding = found.finding;
  if (!found.edits.empty() && !document.lines.empty() && finding.fix.empty())
    finding.fix = line_after(document, shown, found.edits);
  if (!finding.path.empty()) return;
  finding.path = path;
  const auto place = document.place(found.span.begin);
  finding.line = place.line;
  finding.column = place.column;
  if (!found.instruction) return;
  const auto& instruction = document.instructions[*found.instruction];
  const auto end = std::min(instruction.span.end, instruction.span.begin + 4 * kInstructionColumns);
  finding.instruction = base::one_line(
      joined(std::string_view(shown).substr(instruction.span.begin, end - instruction.span.begin),
             document.escape),
      kInstructionColumns);
}

}  // namespace

Checked check_dockerfile(const Document& document, const std::string& path, const Surroundings& around) {
  Checked out;
  out.text = masked_text(document);
  const Subject subject(document, around);
  rules::Findings findings(subject, out.findings);
  for (const auto& rule : rules::all_rules()) {
    const std::size_t before = out.findings.size();
    findings.begin(rule.text);
    rule.check(subject, findings);
    for (std::size_t i = before; i < out.findings.size(); ++i)
      if (out.findings[i].finding.fix.empty() && out.findings[i].edits.empty())
        out.findings[i].finding.fix = rule.text.fix;
  }
  accept_by_comments(document, rules::rule_texts(), out.findings);
  for (auto& found : out.findings) complete(document, path, out.text, found);
  std::stable_sort(out.findings.begin(), out.findings.end(), [](const Found& a, const Found& b) {
    return std::tie(a.finding.path, a.finding.line, a.finding.column, a.finding.rule) <
           std::tie(b.finding.path, b.finding.line, b.finding.column, b.finding.rule);
  });
  return out;
}

}  // namespace crtune::check
