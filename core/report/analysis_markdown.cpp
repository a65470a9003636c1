#include "core/report/analysis_markdown.hpp"

#include "core/report/analysis_words.hpp"
#include "core/report/findings.hpp"
#include "core/report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace crtune::report {

using model::Analysis;
using model::Image;

namespace {

// How long a name, a sentence or a line to write may be in a cell.
constexpr std::size_t kNameColumns = 120;
constexpr std::size_t kTextColumns = 240;
// What a part may take, so that no part starves the others, and what is kept for the words that end one.
constexpr std::size_t kPartBytes = 9'000;
constexpr std::size_t kReservedBytes = 1'000;
constexpr std::size_t kBinaryParts = 4;

class MarkdownReport {
 public:
  MarkdownReport(const Image& image, const Analysis& analysis, const MarkdownOptions& options)
      : image_(image), analysis_(analysis), options_(options), order_(worst_first(analysis.findings)) {}

  std::string write() {
    head();
    gates();
    waste();
    findings();
    layers();
    binaries();
    all_findings();
    notes();
    return std::move(out_);
  }

 private:
  std::string bytes(std::uint64_t count) const { return base::format_bytes(count, options_.units); }

  // As many of `count` rows as fit, and a word on the others.
  template <typename Row>
  void rows(std::size_t count, std::size_t room, const Row& row) {
    const std::size_t end = std::min(out_.size() + room, kMaxMarkdownBytes - kReservedBytes);
    std::size_t shown = 0;
    for (; shown < count; ++shown) {
      const std::string text = row(shown);
      if (out_.size() + text.size() > end) break;
      out_ += text;
    }
    left_out(count - shown);
  }
  void left_out(std::size_t count) {
    if (count > 0)
      out_ += fmt::format("\n*{} left out here; the JSON report has all.*\n", counted(count, "row", "rows"));
  }

  // Where nearly no room is left a part is not begun.
  bool fold(std::string_view summary) {
    if (out_.size() + 2 * kReservedBytes > kMaxMarkdownBytes) return false;
    out_ += fmt::format("\n<details>\n<summary>{}</summary>\n\n", summary);
    return true;
  }
  void end_fold() { out_ += "\n</details>\n"; }

  std::string instruction(std::uint32_t layer) const {
    const auto& text = analysis_.layers[layer].instruction;
    return text.empty() ? "not recorded" : markdown_code(text, kNameColumns);
  }

  void head() {
    const Verdict result = verdict(analysis_, options_.units);
    const std::string_view sign = result.tone == Tone::bad ? "❌" : result.tone == Tone::good ? "✅" : "⚠️";
    const std::string name = image_.names.empty() ? image_.source : image_.names.front();
    out_ += fmt::format("## {} {}: {}\n\n{}", sign, markdown_code(name, kNameColumns), result.text,
                        bytes(analysis_.uncompressed) + " uncompressed");
    if (analysis_.compressed) out_ += fmt::format(", {} compressed", bytes(*analysis_.compressed));
    out_ += fmt::format(", {}, {}, {}\n", counted(image_.layers.size(), "layer", "layers"),
                        counted(analysis_.entries, "entry", "entries"),
                        image_.config.platform.empty() ? "platform unknown"
                                                       : markdown_text(image_.config.platform, kNameColumns));
  }

  void gates() {
    if (analysis_.gates.empty()) return;
    out_ += "\n| | gate | value | limit |\n|---|---|--:|--:|\n";
    rows(analysis_.gates.size(), kPartBytes / 2, [&](std::size_t i) {
      const auto& gate = analysis_.gates[i];
      return fmt::format(
          "| {} | {} | {} | {} |\n", gate.passed ? "✅" : "❌", markdown_text(gate.name, kNameColumns),
          gate_number(gate, gate.value, options_.units), gate_number(gate, gate.limit, options_.units));
    });
  }

  void waste() {
    if (analysis_.groups.empty()) return;
    out_ += fmt::format("\n### {} of waste ({:.1f} %)\n\n| path | bytes | cause | fix |\n|---|--:|---|---|\n",
                        bytes(analysis_.reclaimable()),
                        percent_of(analysis_.reclaimable(), analysis_.uncompressed));
    const std::size_t shown = std::min(options_.top, analysis_.groups.size());
    rows(shown, kPartBytes, [&](std::size_t i) { return waste_row(analysis_.groups[i]); });
    if (shown < analysis_.groups.size())
      out_ += fmt::format("\n*… and {}*\n",
                          counted(analysis_.groups.size() - shown, "smaller cause", "smaller causes"));
  }

  std::string waste_row(const model::WasteGroup& group) const {
    std::string path = markdown_code(image_.paths.text(group.largest), kNameColumns);
    if (group.files > 1) path += " and " + counted(group.files - 1, "more file", "more files");
    return fmt::format("| {} | {} | {}, by layer {} | {} |\n", path, bytes(group.bytes), cause_text(group),
                       group.culprit_layer, markdown_code(group.fix, kTextColumns));
  }

  void findings() {
    if (analysis_.findings.empty()) return;
    const FindingCounts counts = count_findings(analysis_.findings);
    out_ += fmt::format("\n### Findings: {}\n", counts_text(counts));
    const std::size_t counting = analysis_.findings.size() - counts.accepted;
    shown_findings_ = std::min(options_.top, counting);
    if (shown_findings_ == 0) return;
    out_ += "\n";
    findings_table(shown_findings_, kPartBytes);
  }

  void findings_table(std::size_t count, std::size_t room) {
    out_ += "| | rule | finding | place | fix |\n|---|---|---|---|---|\n";
    rows(count, room, [&](std::size_t i) { return finding_row(analysis_.findings[order_[i]]); });
  }

  static std::string finding_row(const model::Finding& finding) {
    const std::string place = place_text(finding);
    std::string size = finding.bytes ? fmt::format(" ({})", base::format_bytes(*finding.bytes)) : "";
    std::string message = markdown_text(finding.message, kTextColumns) + size;
    if (!finding.ignored.empty())
      message += fmt::format("; accepted: {}", markdown_text(finding.ignored, kTextColumns));
    return fmt::format("| {} | {} | {} | {} | {} |\n", model::severity_word(finding.severity),
                       markdown_text(finding.rule, kNameColumns), message,
                       place.empty() ? "" : markdown_code(place, kNameColumns),
                       finding.fix.empty() ? "" : markdown_code(finding.fix, kTextColumns));
  }

  void layers() {
    if (image_.layers.empty() || !fold(counted(image_.layers.size(), "layer", "layers"))) return;
    out_ += "| layer | size | reclaimable | instruction |\n|--:|--:|--:|---|\n";
    rows(image_.layers.size(), kPartBytes, [&](std::size_t i) {
      const auto& summary = analysis_.layers[i];
      return fmt::format("| {} | {} | {} | {}{} |\n", i, bytes(image_.layers[i].content_bytes),
                         summary.reclaimable == 0 ? "" : bytes(summary.reclaimable),
                         summary.base ? "base: " : "", instruction(static_cast<std::uint32_t>(i)));
    });
    end_fold();
  }

  void binaries() {
    if (analysis_.binaries.empty() || !fold(counted(analysis_.binaries.size(), "binary", "binaries"))) return;
    out_ += "| path | size | kind | what its bytes are |\n|---|--:|---|---|\n";
    rows(analysis_.binaries.size(), kPartBytes,
         [&](std::size_t i) { return binary_row(analysis_.binaries[i]); });
    end_fold();
  }

  std::string binary_row(const model::BinaryRow& row) const {
    const auto& binary = row.binary;
    std::string kind = fmt::format("{} {}", markdown_text(binary.machine, 40), linkage_word(binary.linkage));
    if (!binary.language.empty()) kind += ", " + markdown_text(binary.language, 40);
    if (!binary.stripped) kind += fmt::format(", not stripped ({} could go)", bytes(binary.strippable_bytes));
    return fmt::format("| {} | {} | {} | {} |\n", markdown_code(image_.paths.text(row.path), kNameColumns),
                       bytes(row.size), kind, shares(row));
  }

  // The modules of a program, and sections of others, largest first.
  std::string shares(const model::BinaryRow& row) const {
    std::map<std::string_view, std::uint64_t> sums;
    for (const auto& owner : row.binary.owners)
      sums[owner.module.empty() ? std::string_view(owner.name) : std::string_view(owner.module)] +=
          owner.bytes;
    std::vector<std::pair<std::uint64_t, std::string_view>> parts;
    for (const auto& [name, count] : sums) parts.emplace_back(count, name);
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& left, const auto& right) { return left.first > right.first; });
    std::string out;
    for (std::size_t i = 0; i < std::min(parts.size(), kBinaryParts); ++i)
      out += fmt::format("{}{} {:.1f} %", out.empty() ? "" : ", ", markdown_code(parts[i].second, 80),
                         percent_of(parts[i].first, row.size));
    if (parts.size() > kBinaryParts) out += fmt::format(", {} more", parts.size() - kBinaryParts);
    return out;
  }

  void all_findings() {
    if (analysis_.findings.size() <= shown_findings_) return;
    if (!fold("All " + counted(analysis_.findings.size(), "finding", "findings"))) return;
    findings_table(analysis_.findings.size(), kMaxMarkdownBytes);
    end_fold();
  }

  void notes() {
    if (analysis_.notes.empty() || !fold(counted(analysis_.notes.size(), "note", "notes"))) return;
    rows(analysis_.notes.size(), kMaxMarkdownBytes, [&](std::size_t i) {
      return fmt::format("- {}\n", markdown_text(analysis_.notes[i], kTextColumns));
    });
    end_fold();
  }

  const Image& image_;
  const Analysis& analysis_;
  const MarkdownOptions& options_;
  std::vector<std::size_t> order_;
  std::size_t shown_findings_ = 0;
  std::string out_;
};

}  // namespace

std::string analysis_markdown(const Image& image, const Analysis& analysis, const MarkdownOptions& options) {
  return MarkdownReport(image, analysis, options).write();
}

}  // namespace crtune::report
