#include "core/check/suppressions.hpp"

#include "core/dockerfile/characters.hpp"

#include <algorithm>
#include <optional>

namespace crtune::check {
namespace {

using dockerfile::trim;

struct Suppression {
  std::vector<std::string> ids;
  std::string reason;
  bool whole_file = false;
  std::uint64_t line = 0;  // of its comment; it holds for the instruction there or after it
};

std::vector<std::string> split_ids(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const auto id = trim(text.substr(0, end));
    if (!id.empty()) out.emplace_back(id);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool takes(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = trim(text.substr(word.size()));
  return true;
}

std::optional<Suppression> read_comment(std::string_view comment) {
  Suppression out;
  comment = trim(comment);
  while (comment.starts_with('#')) comment = trim(comment.substr(1));
  const bool ours = takes(comment, "cloudrun-tune");
  if (!ours && !takes(comment, "hadolint")) return std::nullopt;
  out.whole_file = takes(comment, "global");
  if (!takes(comment, "ignore") || !takes(comment, "=")) return std::nullopt;
  // Ids are joined by commas; after the last one the reason begins.
  std::size_t end = 0;
  while (end < comment.size()) {
    while (end < comment.size() && !dockerfile::is_space(comment[end])) ++end;
    std::size_t next = end;
    while (next < comment.size() && dockerfile::is_space(comment[next])) ++next;
    const bool goes_on =
        (end > 0 && comment[end - 1] == ',') || (next < comment.size() && comment[next] == ',');
    if (!goes_on) break;
    end = next;
  }
  out.ids = split_ids(comment.substr(0, end));
  out.reason = trim(comment.substr(end));
  if (out.reason.empty()) out.reason = ours ? "accepted by a comment" : "accepted by a comment for hadolint";
  return out;
}

std::vector<Suppression> read_all(const dockerfile::Document& document) {
  std::vector<Suppression> out;
  for (const auto& directive : document.directives) {
    if (directive.name != "check") continue;
    std::string_view rest = directive.value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      std::string_view part = trim(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (takes(part, "skip") && takes(part, "="))
        out.push_back(
            {.ids = split_ids(part), .reason = "skipped by the check directive", .whole_file = true});
    }
  }
  for (std::size_t i = 0; i < document.lines.size(); ++i) {
    const auto kind = document.lines[i].kind;
    if (kind != dockerfile::LineKind::comment && kind != dockerfile::LineKind::continuation_comment) continue;
    if (auto found = read_comment(document.line_text(i + 1))) {
      found->line = i + 1;
      out.push_back(*std::move(found));
    }
  }
  return out;
}

// The peers of a rule as their own ids: "hadolint DL3009; BuildKit StageNameCasing".
bool is_known_as(const model::RuleText& rule, std::string_view id) {
  if (rule.id == id) return true;
  if (id == "all") return rule.peers.find("BuildKit") != std::string_view::npos;
  for (std::size_t at = rule.peers.find(id); !id.empty() && at != std::string_view::npos;
       at = rule.peers.find(id, at + 1)) {
    const bool begins = at == 0 || !dockerfile::is_name(rule.peers[at - 1]);
    const std::size_t end = at + id.size();
    if (begins && (end == rule.peers.size() || !dockerfile::is_name(rule.peers[end]))) return true;
  }
  return false;
}

// The instruction that a comment on this line is for.
std::optional<std::size_t> instruction_at(const dockerfile::Document& document, std::uint64_t line) {
  const auto found = std::find_if(document.instructions.begin(), document.instructions.end(),
                                  [&](const auto& one) { return one.last_line >= line; });
  if (found == document.instructions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - document.instructions.begin());
}

}  // namespace

void accept_by_comments(const dockerfile::Document& document, std::span<const model::RuleText> rules,
                        std::vector<Found>& findings) {
  constexpr std::size_t kMost = 2'000;
  auto all = read_all(document);
  all.resize(std::min(all.size(), kMost));
  for (const auto& one : all) {
    const auto instruction = one.whole_file ? std::nullopt : instruction_at(document, one.line);
    if (!one.whole_file && !instruction) continue;
    std::vector<std::string_view> accepted;
    for (const auto& rule : rules)
      if (std::any_of(one.ids.begin(), one.ids.end(), [&](const auto& id) { return is_known_as(rule, id); }))
        accepted.push_back(rule.id);
    if (accepted.empty()) continue;
    for (auto& found : findings) {
      if (!one.whole_file && found.instruction != instruction) continue;
      if (std::find(accepted.begin(), accepted.end(), found.finding.rule) != accepted.end())
        found.finding.ignored = one.reason;
    }
  }
}

}  // namespace crtune::check
