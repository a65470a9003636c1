#include "core/report/findings_annotations.hpp"

#include "core/base/escape.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/markup.hpp"

#include <fmt/format.h>

#include <array>

namespace crtune::report {

using model::Finding;
using model::Severity;

namespace {

constexpr std::size_t kTitleColumns = 200;  // GitHub takes 255
constexpr std::size_t kMessageColumns = 2000;

// Source: actions/toolkit, "command": message data and property values.
std::string escape_data(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    if (byte == '%') {
      out += "%25";
    } else if (byte == '\r') {
      out += "%0D";
    } else if (byte == '\n') {
      out += "%0A";
    } else {
      out += byte;
    }
  }
  return out;
}

std::string escape_property(std::string_view text) {
  std::string out;
  for (const char byte : escape_data(text)) {
    if (byte == ':') {
      out += "%3A";
    } else if (byte == ',') {
      out += "%2C";
    } else {
      out += byte;
    }
  }
  return out;
}

std::string_view command_of(Severity severity) {
  return severity == Severity::info ? "notice" : model::severity_word(severity);
}

std::string title_of(const Finding& finding, std::span<const model::RuleText> rules) {
  for (const auto& rule : rules)
    if (rule.id == finding.rule) return cut_line(fmt::format("{}: {}", rule.id, rule.title), kTitleColumns);
  return cut_line(finding.rule, kTitleColumns);
}

std::string annotation(const Finding& finding, const Results& results, const Subject& subject) {
  std::string properties;
  std::string message = cut_line(finding.message, kMessageColumns);
  const std::string& file = subject.is_executable ? subject.name : finding.path;
  if (subject.is_image || file.empty()) {
    const std::string place = place_text(finding);
    message += fmt::format("\n{}{}{}", cut_line(subject.name, kTitleColumns), place.empty() ? "" : ": ",
                           cut_line(place, kMessageColumns));
  } else {
    properties = fmt::format("file={},", escape_property(base::escape_controls(file)));
    if (finding.line > 0) properties += fmt::format("line={},", finding.line);
    if (finding.line > 0 && finding.column > 0) properties += fmt::format("col={},", finding.column);
  }
  if (!finding.fix.empty()) message += "\nfix: " + cut_line(finding.fix, kMessageColumns);
  return fmt::format("::{} {}title={}::{}\n", command_of(finding.severity), properties,
                     escape_property(title_of(finding, results.rules)), escape_data(message));
}

}  // namespace

std::string findings_annotations(const Results& results, const Subject& subject) {
  std::array<std::uint64_t, 3> room = {kMaxAnnotations - 1, kMaxAnnotations,
                                       kMaxAnnotations};  // of infos first
  std::array<std::uint64_t, 3> left_out = {};
  const auto takes = [&](Severity severity) {
    const auto kind = static_cast<std::size_t>(severity);
    if (room[kind] == 0) {
      ++left_out[kind];
      return false;
    }
    --room[kind];
    return true;
  };
  std::string out;
  for (const auto& gate : results.gates)
    if (!gate.passed && takes(Severity::error))
      out +=
          fmt::format("::error title={}::{}\n", escape_property("gate " + cut_line(gate.name, kTitleColumns)),
                      escape_data(fmt::format("{}: {}", cut_line(subject.name, kTitleColumns),
                                              cut_line(gate_text(gate, base::Units::si), kMessageColumns))));
  for (const std::size_t index : worst_first(results.findings)) {
    const Finding& finding = results.findings[index];
    if (!finding.ignored.empty()) break;  // accepted ones stand last
    if (takes(finding.severity)) out += annotation(finding, results, subject);
  }
  const FindingCounts more = {.errors = left_out[2], .warnings = left_out[1], .infos = left_out[0]};
  if (more.errors + more.warnings + more.infos > 0)
    out += fmt::format("::notice title=cloudrun-tune::not shown here: {}\n", escape_data(counts_text(more)));
  return out;
}

}  // namespace crtune::report
