#include "core/analysis/rules/affected_binaries.hpp"

#include "core/base/byte_size.hpp"
#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace crtune::analysis::rules {

using model::BinaryRow;
using model::Severity;

namespace {

constexpr std::size_t kShownPath = 120;

void place(const Subject& subject, const BinaryRow& row, const BinaryFault& fault, model::Finding& finding) {
  finding.path = subject.image.paths.text(row.path);
  if (fault.bytes > 0) finding.bytes = fault.bytes;
  if (fault.severity) finding.severity = *fault.severity;
}

std::string message(const Subject& subject, const BinaryRow& row, const BinaryFault& fault) {
  return fmt::format("{} {}", shown(subject.image.paths.text(row.path)), fault.says);
}

// The gravest is told of, then the one that costs most.
std::pair<Severity, std::uint64_t> weight(const Findings& findings, const BinaryFault& fault) {
  return {fault.severity.value_or(findings.rule().severity), fault.bytes};
}

}  // namespace

void report_binaries(const Subject& subject, Findings& findings, const BinaryJudge& judge) {
  const StartedPrograms started(subject);
  const BinaryRow* worst = nullptr;
  BinaryFault worst_fault;
  std::uint64_t others = 0;
  std::uint64_t bytes = 0;
  for (const auto& row : subject.analysis.binaries) {
    auto fault = judge(row);
    if (!fault) continue;
    if (started.contains(row)) {
      place(subject, row, *fault,
            findings.add_layer(row.layer, message(subject, row, *fault), std::move(fault->fix)));
      continue;
    }
    ++others;
    bytes += fault->bytes;
    if (worst != nullptr && weight(findings, *fault) <= weight(findings, worst_fault)) continue;
    worst = &row;
    worst_fault = std::move(*fault);
  }
  if (worst == nullptr) return;
  std::string text = message(subject, *worst, worst_fault);
  if (others > 1 && bytes > 0)
    text += fmt::format("; {} more like it, {} in all", others - 1, base::format_bytes(bytes));
  else if (others > 1)
    text += fmt::format("; {} more like it", others - 1);
  worst_fault.bytes = bytes;
  place(subject, *worst, worst_fault,
        findings.add_layer(worst->layer, std::move(text), std::move(worst_fault.fix)));
}

// A shell's text is taken for words too.
StartedPrograms::StartedPrograms(const Subject& subject) : subject_(subject) {
  constexpr std::string_view kBetween = " \t\n;&|(){}\"'";
  for (const std::string& text : subject.start.words)
    for (std::string_view rest = text; !rest.empty();) {
      rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
      const auto word = rest.substr(0, rest.find_first_of(kBetween));
      rest.remove_prefix(word.size());
      if (!word.empty()) words_.insert(word.starts_with("./") ? word.substr(2) : word);
    }
}

bool StartedPrograms::contains(const BinaryRow& row) const {
  const Start& start = subject_.start;
  if (start.program != kNoEntry && subject_.files.path_of(start.program) == row.path) return true;
  const std::string path = subject_.image.paths.text(row.path);
  return words_.contains(path) || words_.contains(base_name(path));
}

bool may_be_run(const Subject& subject, const BinaryRow& row) {
  constexpr unsigned kAnyExecute = 0111;
  const EntryId holder = subject.files.holder(row.path);
  return row.binary.type == "executable" && holder != kNoEntry &&
         (subject.files.entry(holder).mode & kAnyExecute) != 0;
}

std::string_view go_setting(const model::GoInfo& go, std::string_view name) {
  for (const auto& [key, value] : go.settings)
    if (key == name) return value;
  return {};
}

std::optional<int> go_minor(std::string_view version) {
  constexpr std::string_view kPrefix = "go1";
  if (!version.starts_with(kPrefix)) return std::nullopt;
  version.remove_prefix(kPrefix.size());
  if (version.empty() || version.front() != '.') return version.empty() ? std::optional(0) : std::nullopt;
  version.remove_prefix(1);
  int minor = 0;
  const auto read = std::from_chars(version.data(), version.data() + version.size(), minor);
  if (read.ec != std::errc() || minor < 0 || minor > 9'999) return std::nullopt;
  return minor;
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string shown(std::string_view path) {
  return base::one_line(path, kShownPath);
}

}  // namespace crtune::analysis::rules
