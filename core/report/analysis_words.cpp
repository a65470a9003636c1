#include "core/report/analysis_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace crtune::report {

using model::Analysis;
using model::Fate;
using model::GateResult;
using model::WasteGroup;

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return fmt::format("{} {}", digits, count == 1 ? one : many);
}

double percent_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string cause_text(const WasteGroup& group) {
  switch (group.cause) {
    case Fate::overwritten: return "overwritten with other content";
    case Fate::deleted: return "deleted by a later layer, still shipped";
    case Fate::repeated: return "written twice in one layer";
    case Fate::metadata_only: break;
    case Fate::live: return "live";
  }
  std::string changed;
  const auto name = [&](std::uint8_t bit, std::string_view word) {
    if ((group.changes & bit) != 0) changed += fmt::format("{}{}", changed.empty() ? "" : ", ", word);
  };
  name(model::change_mode, "mode");
  name(model::change_owner, "owner");
  name(model::change_time, "time");
  name(model::change_xattrs, "extended attributes");
  return changed.empty() ? "shipped again unchanged" : fmt::format("shipped again, only {} changed", changed);
}

std::string gate_number(const GateResult& gate, double value, base::Units units) {
  if (std::isnan(value)) return "unknown";
  if (std::isinf(value)) return "infinite";
  if (gate.is_bytes) return base::format_bytes(static_cast<std::uint64_t>(value), units);
  return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

std::string gate_text(const GateResult& gate, base::Units units) {
  return fmt::format("{} is {}, the limit is {}", gate.name, gate_number(gate, gate.value, units),
                     gate_number(gate, gate.limit, units));
}

namespace {

// What findings call unneeded: caches, build tools, documents, symbols. A file may be counted by two of them.
std::uint64_t unneeded_bytes(const Analysis& analysis) {
  static constexpr std::array<std::string_view, 12> kRules = {"IMG110", "IMG111", "IMG112", "IMG113",
                                                              "IMG114", "IMG115", "IMG116", "IMG117",
                                                              "IMG118", "IMG120", "IMG122", "BIN101"};
  std::uint64_t sum = 0;
  for (const auto& finding : analysis.findings)
    if (finding.ignored.empty() && std::find(kRules.begin(), kRules.end(), finding.rule) != kRules.end())
      sum += finding.bytes.value_or(0);
  return sum;
}

}  // namespace

Verdict verdict(const Analysis& analysis, base::Units units) {
  const auto failed = static_cast<std::uint64_t>(std::count_if(
      analysis.gates.begin(), analysis.gates.end(), [](const auto& gate) { return !gate.passed; }));
  if (failed > 0) return {Tone::bad, counted(failed, "gate", "gates") + " failed"};
  const std::uint64_t bytes = analysis.reclaimable() - analysis.ignored_bytes;
  Verdict out = {Tone::good, "nothing is wasted"};
  if (bytes > 0) {
    out = {Tone::warning,
           fmt::format("{} ({:.1f} %) can go without losing a file", base::format_bytes(bytes, units),
                       percent_of(bytes, analysis.uncompressed))};
  } else if (analysis.reclaimable() > 0) {
    out.text = "all waste is accepted by the policy";
  }
  if (const auto unneeded = unneeded_bytes(analysis); unneeded > 0) {
    out.tone = Tone::warning;
    out.text += fmt::format(", up to {} more that no service needs", base::format_bytes(unneeded, units));
  }
  const auto errors = static_cast<std::uint64_t>(
      std::count_if(analysis.findings.begin(), analysis.findings.end(), [](const auto& finding) {
        return finding.severity == model::Severity::error && finding.ignored.empty();
      }));
  if (errors > 0) out = {Tone::bad, counted(errors, "error", "errors") + "; " + out.text};
  return out;
}

}  // namespace crtune::report
