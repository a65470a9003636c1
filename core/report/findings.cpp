#include "core/report/findings.hpp"

#include "core/base/escape.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/markup.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace crtune::report {

using model::Finding;
using model::Severity;

std::vector<std::size_t> worst_first(std::span<const Finding> findings) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank = [&](std::size_t index) {
    const Finding& finding = findings[index];
    return std::tuple(!finding.ignored.empty(), -static_cast<int>(finding.severity),
                      UINT64_MAX - finding.bytes.value_or(0), std::string_view(finding.rule),
                      std::string_view(finding.path), finding.line, finding.column);
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t left, std::size_t right) { return rank(left) < rank(right); });
  return order;
}

FindingCounts count_findings(std::span<const Finding> findings) {
  FindingCounts counts;
  for (const auto& finding : findings) {
    if (!finding.ignored.empty()) {
      ++counts.accepted;
    } else if (finding.severity == Severity::error) {
      ++counts.errors;
    } else if (finding.severity == Severity::warning) {
      ++counts.warnings;
    } else {
      ++counts.infos;
    }
  }
  return counts;
}

std::string counts_text(const FindingCounts& counts) {
  std::string out;
  const auto add = [&](std::uint64_t count, std::string_view one, std::string_view many) {
    if (count > 0) out += (out.empty() ? "" : ", ") + counted(count, one, many);
  };
  add(counts.errors, "error", "errors");
  add(counts.warnings, "warning", "warnings");
  add(counts.infos, "info", "infos");
  if (out.empty()) out = "no findings";
  if (counts.accepted > 0) out += fmt::format(" ({} accepted)", counts.accepted);
  return out;
}

std::string place_text(const Finding& finding) {
  std::string out = finding.path;
  if (!out.empty() && finding.line > 0) {
    out += fmt::format(":{}", finding.line);
    if (finding.column > 0) out += fmt::format(":{}", finding.column);
  }
  if (finding.layer) {
    out += fmt::format("{}layer {}", out.empty() ? "" : " in ", *finding.layer);
    if (!finding.instruction.empty()) out += fmt::format(" ({})", finding.instruction);
  } else if (!finding.instruction.empty()) {
    out += fmt::format("{}{}", out.empty() ? "" : " from ", finding.instruction);
  }
  return out;
}

namespace {

constexpr std::size_t kLabelColumns = 20;  // before what is told of a finding

std::string finding_text(const Finding& finding, const TextOptions& options, const Style& style) {
  const std::size_t rest = std::max<std::size_t>(options.columns, kLabelColumns + 20) - kLabelColumns;
  const std::string word = fmt::format("{:>9}", model::severity_word(finding.severity));
  const std::string shown = finding.severity == Severity::error     ? style.bad(word)
                            : finding.severity == Severity::warning ? style.warning(word)
                                                                    : style.faint(word);
  // The message and the line to write are shown whole, however long.
  std::string out = fmt::format("{}  {} {}\n", shown, style.bold(base::escape_controls(finding.rule)),
                                base::escape_controls(finding.message));
  const auto row = [&](const std::string& label, std::string_view text) {
    out += fmt::format("{:>9}  {} {}\n", "", label, text);
  };
  const auto label = [](std::string_view text) { return fmt::format("{:<8}", text); };
  if (const std::string place = place_text(finding); !place.empty())
    row(style.faint(label("place")), cut_line(place, rest));
  if (finding.bytes) row(style.faint(label("bytes")), base::format_bytes(*finding.bytes, options.units));
  if (!finding.fix.empty()) row(style.good(label("fix")), base::escape_controls(finding.fix));
  return out;
}

}  // namespace

std::string findings_text(std::span<const Finding> findings, const TextOptions& options) {
  if (findings.empty()) return {};
  const Style style(options.colour);
  const FindingCounts counts = count_findings(findings);
  std::string out = style.bold(counts_text(counts)) + "\n";
  const std::size_t total = findings.size() - counts.accepted;
  const std::size_t shown = std::min(options.top, total);
  const auto order = worst_first(findings);
  for (std::size_t i = 0; i < shown; ++i) out += finding_text(findings[order[i]], options, style);
  if (shown < total)
    out += style.faint(fmt::format("  … and {} not shown (--top {})",
                                   counted(total - shown, "finding", "findings"), total)) +
           "\n";
  return out;
}

void write_findings(JsonWriter& json, std::span<const Finding> findings, std::string_view list) {
  const auto text = [&](std::string_view key, const std::string& value) {
    json.key(key);
    if (value.empty()) {
      json.null();
    } else {
      json.text(value);
    }
  };
  const auto number = [&](std::string_view key, std::uint64_t value) {
    json.key(key).number_or_null(value == 0 ? std::nullopt : std::optional(value));
  };
  json.key(list).begin_array();
  for (const auto& finding : findings) {
    json.begin_object();
    json.key("rule").text(finding.rule);
    json.key("severity").text(model::severity_word(finding.severity));
    json.key("message").text(finding.message);
    text("fix", finding.fix);
    json.key("layer").number_or_null(finding.layer);
    text("instruction", finding.instruction);
    text("path", finding.path);
    number("line", finding.line);
    number("column", finding.column);
    json.key("bytes").number_or_null(finding.bytes);
    text("ignored", finding.ignored);
    json.end_object();
  }
  json.end_array();
}

}  // namespace crtune::report
