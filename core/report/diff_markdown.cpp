#include "core/report/analysis_markdown.hpp"
#include "core/report/diff.hpp"
#include "core/report/diff_words.hpp"
#include "core/report/findings.hpp"
#include "core/report/markup.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::report {

namespace {

constexpr std::size_t kNameColumns = 120;
constexpr std::size_t kTextColumns = 240;
constexpr std::size_t kPartBytes = 9'000;
constexpr std::size_t kReservedBytes = 1'000;
constexpr std::size_t kMostBinaries = 3;
constexpr std::size_t kMostFiles = 200;

class DiffMarkdown {
 public:
  DiffMarkdown(const Comparison& comparison, const TextOptions& options)
      : comparison_(comparison),
        before_(comparison.before),
        after_(comparison.after),
        difference_(comparison.difference),
        options_(options) {}

  std::string write() {
    head();
    gates();
    growth();
    for (std::size_t i = 0; i < std::min(kMostBinaries, difference_.binaries.size()); ++i)
      binary(difference_.binaries[i]);
    settings();
    findings("New findings", difference_.new_findings);
    layers();
    files();
    findings("Fixed findings", difference_.fixed_findings);
    for (const auto& note : difference_.notes)
      if (has_room()) out_ += "\n*" + markdown_text(note, kTextColumns) + "*\n";
    return std::move(out_);
  }

 private:
  std::string bytes(std::uint64_t count) const { return base::format_bytes(count, options_.units); }
  std::string grown(std::int64_t count) const { return signed_bytes(count, options_.units); }
  bool has_room() const { return out_.size() + 2 * kReservedBytes < kMaxMarkdownBytes; }

  // As many of `count` rows as fit, and a word on the others.
  template <typename Row>
  void rows(std::size_t count, std::size_t total, const Row& row) {
    const std::size_t end = std::min(out_.size() + kPartBytes, kMaxMarkdownBytes - kReservedBytes);
    std::size_t shown = 0;
    for (; shown < count; ++shown) {
      const std::string text = row(shown);
      if (out_.size() + text.size() > end) break;
      out_ += text;
    }
    if (shown < total)
      out_ += fmt::format("\n*{} left out here; the JSON report has all.*\n",
                          counted(total - shown, "row", "rows"));
  }

  bool fold(std::string_view summary) {
    if (!has_room()) return false;
    out_ += fmt::format("\n<details>\n<summary>{}</summary>\n\n", summary);
    return true;
  }
  void end_fold() { out_ += "\n</details>\n"; }

  void head() {
    const Verdict verdict = diff_verdict(comparison_, options_.units);
    const std::string_view sign = verdict.tone == Tone::bad    ? "❌"
                                  : verdict.tone == Tone::good ? "✅"
                                                               : "⚠️";
    out_ += fmt::format("## {} {} → {}: {}\n\n| | old | new | |\n|---|--:|--:|--:|\n", sign,
                        markdown_code(before_.name, kNameColumns), markdown_code(after_.name, kNameColumns),
                        verdict.text);
    const auto row = [&](std::string_view name, std::uint64_t old_bytes, std::uint64_t new_bytes) {
      const auto growth = static_cast<std::int64_t>(new_bytes) - static_cast<std::int64_t>(old_bytes);
      out_ += fmt::format("| {} | {} | {} | {} |\n", name, bytes(old_bytes), bytes(new_bytes),
                          growth_text(growth, old_bytes, options_.units));
    };
    row(after_.is_executable ? "size" : "uncompressed", before_.uncompressed, after_.uncompressed);
    if (after_.is_executable) return;
    if (before_.compressed && after_.compressed) row("compressed", *before_.compressed, *after_.compressed);
    row("waste", before_.reclaimable, after_.reclaimable);
    out_ += fmt::format("\n**Push**: {}  \n**Import**: {}  \n", push_text(comparison_, options_.units),
                        import_text(comparison_, options_.units));
    if (difference_.has_files) out_ += fmt::format("**Files**: {}\n", counts_text(difference_.counts));
  }

  void gates() {
    if (difference_.gates.empty()) return;
    out_ += "\n| | gate | value | limit | |\n|---|---|--:|--:|---|\n";
    rows(difference_.gates.size(), difference_.gates.size(), [&](std::size_t i) {
      const auto& gate = difference_.gates[i];
      return fmt::format(
          "| {} | {} | {} | {} | {} |\n", gate.passed ? "✅" : "❌", markdown_text(gate.name, kNameColumns),
          gate_number(gate, gate.value, options_.units), gate_number(gate, gate.limit, options_.units),
          markdown_text(gate.subject, kNameColumns));
    });
  }

  void growth() {
    if (difference_.growth.empty()) return;
    out_ += fmt::format("\n### What the container sees: {}\n\n| path | bytes | files |\n|---|--:|---|\n",
                        grown(difference_.live));
    rows(std::min(options_.top, difference_.growth.size()), difference_.growth.size(), [&](std::size_t i) {
      const auto& part = difference_.growth[i];
      const std::string path = difference_.paths.text(part.path) + (part.is_folder ? "/" : "");
      return fmt::format("| {} | {} | {} |\n", markdown_code(path, kNameColumns), grown(part.bytes),
                         part.is_folder ? counts_text(part.files) : std::string());
    });
  }

  void sizes(std::string_view title, const std::vector<model::SizeDifference>& list) {
    if (list.empty()) return;
    out_ += fmt::format("\n| {} | bytes | |\n|---|--:|---|\n", title);
    rows(std::min(options_.top, list.size()), list.size(), [&](std::size_t i) {
      const auto& row = list[i];
      std::string note = !row.before ? "new" : !row.after ? "gone" : "";
      if (row.version_before != row.version_after)
        note = fmt::format("{} → {}",
                           markdown_text(row.version_before.empty() ? "none" : row.version_before, 60),
                           markdown_text(row.version_after.empty() ? "none" : row.version_after, 60));
      return fmt::format("| {} | {} | {} |\n", markdown_code(row.name, kNameColumns), grown(row.growth()),
                         note);
    });
  }

  void binary(const model::BinaryDifference& row) {
    if (!has_room()) return;
    const auto& known = row.after ? after_.binaries[*row.after] : before_.binaries[*row.before];
    const std::string change =
        row.before && row.after ? bytes_change(before_.binaries[*row.before].size, known.size, options_.units)
                                : fmt::format("{}, {}", row.after ? "new" : "gone", bytes(known.size));
    out_ += fmt::format("\n### {}: {}\n", markdown_code(known.path, kNameColumns), change);
    if (!row.before || !row.after) return;
    sizes("module", row.modules);
    sizes("package or section", row.owners);
    if (row.facts.empty()) return;
    out_ += "\n| fact | |\n|---|---|\n";
    rows(row.facts.size(), row.facts.size(), [&](std::size_t i) {
      model::SettingDifference fact = row.facts[i];
      const std::string name = std::move(fact.name);
      fact.name.clear();
      return fmt::format("| {} | {} |\n", markdown_text(name, kNameColumns),
                         markdown_text(setting_text(fact), kTextColumns));
    });
  }

  void settings() {
    if (difference_.settings.empty() || !has_room()) return;
    out_ += "\n### Configuration\n\n| | setting | |\n|---|---|---|\n";
    rows(difference_.settings.size(), difference_.settings.size(), [&](std::size_t i) {
      const auto& setting = difference_.settings[i];
      return fmt::format("| {} | {} | {} |\n", setting_sign(setting), setting_word(setting.kind),
                         markdown_code(setting_text(setting), kTextColumns));
    });
  }

  void findings(std::string_view title, const std::vector<model::Finding>& list) {
    if (list.empty() || !has_room()) return;
    out_ += fmt::format("\n### {}: {}\n\n| | rule | finding | place | fix |\n|---|---|---|---|---|\n", title,
                        counts_text(count_findings(list)));
    const auto order = worst_first(list);
    rows(std::min(options_.top, list.size()), list.size(), [&](std::size_t i) {
      const auto& finding = list[order[i]];
      return fmt::format("| {} | {} | {} | {} | {} |\n", severity_word(finding.severity),
                         markdown_text(finding.rule, kNameColumns),
                         markdown_text(finding.message, kTextColumns),
                         finding.path.empty() ? "" : markdown_code(place_text(finding), kNameColumns),
                         finding.fix.empty() ? "" : markdown_code(finding.fix, kTextColumns));
    });
  }

  void layers() {
    if (difference_.layers.empty() || difference_.is_empty) return;
    if (!fold(counted(difference_.layers.size(), "layer", "layers"))) return;
    out_ += "| | layer | size | | instruction |\n|---|--:|--:|---|---|\n";
    rows(difference_.layers.size(), difference_.layers.size(), [&](std::size_t i) {
      const auto& row = difference_.layers[i];
      const auto& layer = row.after ? after_.layers[*row.after] : before_.layers[*row.before];
      return fmt::format(
          "| {} | {} | {} | {} | {} |\n",
          !row.before  ? "+"
          : !row.after ? "-"
                       : "=",
          row.after ? *row.after : *row.before, bytes(layer.content_bytes), row.must_push ? "push" : "",
          layer.instruction.empty() ? "not recorded" : markdown_code(layer.instruction, kNameColumns));
    });
    end_fold();
  }

  void files() {
    if (difference_.files.empty()) return;
    if (!fold(fmt::format("Files: {}", counts_text(difference_.counts)))) return;
    out_ += "| | file | bytes | what changed |\n|---|---|--:|---|\n";
    const auto largest = largest_files(comparison_, kMostFiles);
    rows(largest.size(), difference_.files.size(), [&](std::size_t i) {
      const auto& file = difference_.files[largest[i]];
      return fmt::format("| {} | {} | {} | {} |\n",
                         !file.before  ? "+"
                         : !file.after ? "-"
                                       : "~",
                         markdown_code(difference_.paths.text(file.path), kNameColumns),
                         grown(file_growth(comparison_, file)),
                         markdown_text(file_text(comparison_, file, options_.units), kTextColumns));
    });
    end_fold();
  }

  const Comparison& comparison_;
  const model::Snapshot& before_;
  const model::Snapshot& after_;
  const model::Difference& difference_;
  const TextOptions& options_;
  std::string out_;
};

}  // namespace

std::string diff_markdown(const Comparison& comparison, const TextOptions& options) {
  return DiffMarkdown(comparison, options).write();
}

}  // namespace crtune::report
