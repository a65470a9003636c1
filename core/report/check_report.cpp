#include "core/report/check_report.hpp"

#include "core/base/escape.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/findings.hpp"
#include "core/report/json_writer.hpp"
#include "core/report/markup.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::report {

using model::Finding;
using model::Severity;

namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kBeforeCaret = 60;  // of a line that is too long

// The lines of the checked files, found fast whatever their number.
class Lines {
 public:
  explicit Lines(std::span<const CheckedFile> files) : files_(files), begins_(files.size()) {}

  std::string_view line(const std::string& path, std::uint64_t number) {
    const auto found =
        std::find_if(files_.begin(), files_.end(), [&](const auto& file) { return file.path == path; });
    if (found == files_.end() || number == 0) return {};
    auto& begins = begins_[static_cast<std::size_t>(found - files_.begin())];
    const std::string_view text = found->text;
    if (begins.empty())
      for (std::size_t at = 0; at != std::string_view::npos && at < text.size();) {
        begins.push_back(at);
        at = text.find('\n', at);
        if (at != std::string_view::npos) ++at;
      }
    if (number > begins.size()) return {};
    std::string_view line = text.substr(begins[number - 1]);
    line = line.substr(0, line.find('\n'));
    while (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

 private:
  std::span<const CheckedFile> files_;
  std::vector<std::vector<std::size_t>> begins_;
};

std::string as_shown(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\t', ' ');
  return base::escape_controls(out);
}

// Characters, as a terminal counts those of most scripts.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string source_lines(std::string_view line, std::uint64_t column, std::size_t columns,
                         const Style& style) {
  std::size_t at = std::min<std::size_t>(column == 0 ? 0 : column - 1, line.size());
  std::string_view before = line.substr(0, at);
  bool cut = false;
  if (before.size() > kBeforeCaret && line.size() + kIndent > columns) {
    before.remove_prefix(before.size() - kBeforeCaret);
    while (!before.empty() && (static_cast<unsigned char>(before.front()) & 0xC0U) == 0x80U)
      before.remove_prefix(1);
    cut = true;
  }
  const std::string lead = (cut ? "…" : "") + as_shown(before);
  const std::size_t used = kIndent + width_of(lead);
  std::string rest(line.substr(at));
  std::replace(rest.begin(), rest.end(), '\t', ' ');
  std::string out(kIndent, ' ');
  out += lead + cut_line(rest, std::max(columns, used + 20) - used) + "\n";
  out += std::string(used, ' ') + style.good("^") + "\n";
  return out;
}

std::string severity_text(Severity severity, const Style& style) {
  const std::string word(model::severity_word(severity));
  return severity == Severity::error     ? style.bad(word)
         : severity == Severity::warning ? style.warning(word)
                                         : style.faint(word);
}

std::string finding_text(const Finding& finding, Lines& lines, const TextOptions& options,
                         const Style& style) {
  std::string place = base::escape_controls(finding.path);
  if (finding.line > 0)
    place += fmt::format(":{}:{}", finding.line, std::max<std::uint64_t>(finding.column, 1));
  std::string out = fmt::format("{}: {} [{}] {}\n", style.bold(place), severity_text(finding.severity, style),
                                finding.rule, base::escape_controls(finding.message));
  const auto line = lines.line(finding.path, finding.line);
  if (!line.empty()) out += source_lines(line, finding.column, options.columns, style);
  if (!finding.fix.empty())
    out += fmt::format("  {} {}\n", style.good("fix:"), base::escape_controls(finding.fix));
  return out;
}

std::string fixes_text(const CheckReport& report) {
  if (report.safe_fixes == 0 && report.unsafe_fixes == 0) return {};
  if (report.unsafe_fixes == 0) return fmt::format("{} can be mended by --fix", report.safe_fixes);
  return fmt::format("{} can be mended by --fix, {} more by --fix --unsafe", report.safe_fixes,
                     report.unsafe_fixes);
}

}  // namespace

std::string check_text(const CheckReport& report, const TextOptions& options) {
  const Style style(options.colour);
  Lines lines(report.files);
  std::string out;
  for (const auto& finding : report.findings)
    if (finding.ignored.empty()) out += finding_text(finding, lines, options, style);
  if (!out.empty()) out += "\n";
  out += fmt::format("{} in {}", style.bold(counts_text(count_findings(report.findings))),
                     counted(report.files.size(), "file", "files"));
  const std::string fixes = fixes_text(report);
  return out + (fixes.empty() ? "\n" : fmt::format("; {}\n", fixes));
}

std::string check_json(const CheckReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("schema").text("cloudrun-tune/check/v1");
  json.key("files").begin_array();
  for (const auto& file : report.files) {
    json.begin_object();
    json.key("path").text(file.path);
    json.key("context").known_text(file.context);
    json.key("diff").known_text(file.diff);
    json.end_object();
  }
  json.end_array();
  const auto counts = count_findings(report.findings);
  json.key("summary").begin_object();
  json.key("errors").number(counts.errors);
  json.key("warnings").number(counts.warnings);
  json.key("infos").number(counts.infos);
  json.key("accepted").number(counts.accepted);
  json.key("safe_fixes").number(report.safe_fixes);
  json.key("unsafe_fixes").number(report.unsafe_fixes);
  json.end_object();
  write_findings(json, report.findings);
  json.end_object();
  return out + "\n";
}

std::string check_markdown(const CheckReport& report) {
  constexpr std::size_t kTextColumns = 240;
  const auto counts = count_findings(report.findings);
  const std::string_view sign = counts.errors > 0 ? "❌" : counts.warnings > 0 ? "⚠️" : "✅";
  std::string out = fmt::format("## {} {} in {}\n", sign, counts_text(counts),
                                counted(report.files.size(), "file", "files"));
  if (const auto fixes = fixes_text(report); !fixes.empty()) out += fmt::format("\n{}.\n", fixes);
  std::string rows;
  std::size_t left_out = 0;
  for (const auto index : worst_first(report.findings)) {
    const Finding& finding = report.findings[index];
    if (!finding.ignored.empty()) break;  // accepted ones stand last
    const std::string row = fmt::format(
        "| {} | {} | {} | {} | {} |\n", model::severity_word(finding.severity), finding.rule,
        markdown_code(
            place_text({.rule = {}, .message = {}, .fix = {}, .path = finding.path, .line = finding.line}),
            kTextColumns),
        markdown_text(finding.message, kTextColumns),
        finding.fix.empty() ? "" : markdown_code(finding.fix, kTextColumns));
    if (out.size() + rows.size() + row.size() > kMaxCheckMarkdown)
      ++left_out;
    else
      rows += row;
  }
  if (!rows.empty()) out += "\n| severity | rule | place | what | fix |\n|---|---|---|---|---|\n" + rows;
  if (left_out > 0)
    out += fmt::format("\n*{} left out here; the JSON report has all.*\n",
                       counted(left_out, "finding", "findings"));
  return out;
}

}  // namespace crtune::report
