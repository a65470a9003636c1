#include "core/check/repair.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace crtune::check {
namespace {

using dockerfile::Document;
using dockerfile::Edit;

constexpr std::size_t kMostRounds = 30;

// Problems that a builder refuses.
std::size_t faults(const Document& document) {
  return static_cast<std::size_t>(std::count_if(
      document.problems.begin(), document.problems.end(),
      [](const auto& problem) { return problem.kind != dockerfile::ProblemKind::unknown_flag; }));
}

std::size_t errors(const Checked& checked) {
  return static_cast<std::size_t>(
      std::count_if(checked.findings.begin(), checked.findings.end(), [](const Found& found) {
        return found.finding.severity == model::Severity::error && found.finding.ignored.empty();
      }));
}

// How often each rule counts.
std::map<std::string, std::size_t> by_rule(const Checked& checked) {
  std::map<std::string, std::size_t> out;
  for (const auto& found : checked.findings)
    if (found.finding.ignored.empty()) ++out[found.finding.rule];
  return out;
}

struct State {
  Document document;
  Checked checked;
};

class Repairer {
 public:
  Repairer(const std::string& path, const Surroundings& around, Safety most)
      : path_(path), around_(around), most_(most) {}

  base::Result<Repaired> run(const Document& document) {
    State now = {document, check_dockerfile(document, path_, around_)};
    Repaired out;
    for (std::size_t round = 0; round < kMostRounds; ++round) {
      const auto chosen = choose(now);
      if (chosen.empty()) break;
      auto next = attempt(now, chosen);
      if (next) {
        for (const auto* found : chosen) out.rules.push_back(found->finding.rule);
      } else {
        next = one_by_one(now, chosen, out);
      }
      if (!next) break;
      now = *std::move(next);
    }
    out.text = now.document.text;
    return out;
  }

 private:
  bool may_be_made(const Found& found) const {
    const bool allowed = found.safety == Safety::safe || most_ == Safety::unsafe;
    return allowed && !found.edits.empty() && found.finding.ignored.empty();
  }

  // Findings whose edits do not touch one another; the first of the file win.
  std::vector<const Found*> choose(const State& now) const {
    std::vector<const Found*> out;
    const auto before = [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; };
    std::multiset<Edit, decltype(before)> taken(before);
    const auto is_free = [&](const Edit& edit) {
      const auto next = taken.lower_bound(edit);
      if (next != taken.end() && overlap(edit, *next)) return false;
      return next == taken.begin() || !overlap(edit, *std::prev(next));
    };
    for (const auto& found : now.checked.findings) {
      if (!may_be_made(found) || !std::all_of(found.edits.begin(), found.edits.end(), is_free)) continue;
      taken.insert(found.edits.begin(), found.edits.end());
      out.push_back(&found);
    }
    return out;
  }

  std::optional<State> attempt(const State& now, const std::vector<const Found*>& chosen) const {
    std::vector<Edit> edits;
    for (const auto* found : chosen) edits.insert(edits.end(), found->edits.begin(), found->edits.end());
    std::string text = apply_edits(now.document.text, edits);
    if (text == now.document.text) return std::nullopt;
    auto document = dockerfile::parse(std::move(text), path_);
    if (!document || faults(*document) > faults(now.document)) return std::nullopt;
    State next = {*std::move(document), {}};
    next.checked = check_dockerfile(next.document, path_, around_);
    if (errors(next.checked) > errors(now.checked)) return std::nullopt;
    // An edit that does not end its finding would be made again and again.
    auto before = by_rule(now.checked);
    auto after = by_rule(next.checked);
    for (const auto* found : chosen)
      if (after[found->finding.rule] >= before[found->finding.rule]) return std::nullopt;
    return next;
  }

  // Some of a round's edits do not go: the first that does is made, the rest is found again.
  std::optional<State> one_by_one(const State& now, const std::vector<const Found*>& chosen,
                                  Repaired& out) const {
    for (const auto* found : chosen)
      if (auto next = attempt(now, {found})) {
        out.rules.push_back(found->finding.rule);
        return next;
      }
    return std::nullopt;
  }

  const std::string& path_;
  const Surroundings& around_;
  Safety most_;
};

}  // namespace

base::Result<Repaired> repair(const Document& document, const std::string& path, const Surroundings& around,
                              Safety most) {
  return Repairer(path, around, most).run(document);
}

}  // namespace crtune::check
