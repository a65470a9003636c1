#include "core/diff/parts.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::diff {

using model::Finding;
using model::Snapshot;

namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ',';
}

// A message without its numbers and fingerprints, which every build and every run has anew, nor the plural of
// what they count.
std::string without_numbers(std::string_view message) {
  std::string out;
  bool after_number = false;
  for (std::size_t i = 0; i < message.size();) {
    std::size_t end = i;
    bool has_digit = false;
    for (; end < message.size() && is_word(message[end]); ++end)
      has_digit = has_digit || (message[end] >= '0' && message[end] <= '9');
    if (end == i) {
      out += message[i++];
      continue;
    }
    std::string_view word = message.substr(i, end - i);
    i = end;
    if (has_digit) {
      // A bound stands for the number as well.
      constexpr std::string_view kBound = "at least ";
      if (out.ends_with(kBound)) out.resize(out.size() - kBound.size());
      out += '#';
    } else {
      if (after_number && word.ends_with('s')) word.remove_suffix(1);
      out += word;
    }
    after_number = has_digit;
  }
  return out;
}

// Two executables are compared whatever their files are called.
std::string key_of(const Finding& finding, int closeness, bool of_executable) {
  if (of_executable && closeness == 2) return finding.rule;
  std::string key = finding.rule + '\n' + finding.path + '\n';
  if (closeness == 0) return key + finding.message + '\n' + std::to_string(finding.line);
  if (closeness == 1) return key + without_numbers(finding.message);
  return finding.path.empty() ? key + without_numbers(finding.message) : key;
}

}  // namespace

void compare_findings(const Snapshot& before, const Snapshot& after, model::Difference& out) {
  if (!before.has_findings || !after.has_findings) {
    out.notes.emplace_back("the saved report has no findings: they are not compared");
    return;
  }
  std::vector<bool> old_paired(before.findings.size());
  std::vector<bool> new_paired(after.findings.size());
  constexpr int kWays = 3;  // from the closest match to the loosest
  for (int way = 0; way < kWays; ++way) {
    std::map<std::string, std::vector<std::size_t>> open;
    for (std::size_t i = before.findings.size(); i-- > 0;)
      if (!old_paired[i]) open[key_of(before.findings[i], way, before.is_executable)].push_back(i);
    for (std::size_t j = 0; j < after.findings.size(); ++j) {
      if (new_paired[j]) continue;
      const auto found = open.find(key_of(after.findings[j], way, after.is_executable));
      if (found == open.end() || found->second.empty()) continue;
      old_paired[found->second.back()] = true;
      new_paired[j] = true;
      found->second.pop_back();
    }
  }
  if (before.is_stream != after.is_stream) {
    // What a stream passed over cannot be looked at again, so a finding about an unchanged file is no news.
    std::set<std::string> changed;
    for (const auto& file : out.files) changed.insert(out.paths.text(file.path));
    const auto stands = [&](const Finding& finding) {
      return !finding.path.empty() && changed.count(finding.path) == 0;
    };
    for (std::size_t j = 0; j < after.findings.size(); ++j)
      new_paired[j] = new_paired[j] || stands(after.findings[j]);
    for (std::size_t i = 0; i < before.findings.size(); ++i) {
      if (old_paired[i] || !stands(before.findings[i])) continue;
      old_paired[i] = true;
      out.remaining_findings.push_back(before.findings[i]);
    }
  }
  for (std::size_t j = 0; j < after.findings.size(); ++j)
    (new_paired[j] ? out.remaining_findings : out.new_findings).push_back(after.findings[j]);
  for (std::size_t i = 0; i < before.findings.size(); ++i)
    if (!old_paired[i]) out.fixed_findings.push_back(before.findings[i]);
}

}  // namespace crtune::diff
