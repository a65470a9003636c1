#include "core/base/escape.hpp"
#include "core/report/diff.hpp"
#include "core/report/diff_words.hpp"
#include "core/report/findings.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::report {

using base::one_line;
using model::BinaryDifference;
using model::Difference;
using model::SizeDifference;

namespace {

constexpr std::size_t kFewest = 5;  // rows of a part of a part

class DiffText {
 public:
  DiffText(const Comparison& comparison, const TextOptions& options)
      : comparison_(comparison),
        before_(comparison.before),
        after_(comparison.after),
        difference_(comparison.difference),
        options_(options),
        style_(options.colour) {}

  std::string write() {
    head();
    layers();
    growth();
    files();
    binaries();
    settings();
    findings();
    end();
    return std::move(out_);
  }

 private:
  std::size_t rest(std::size_t used) const {
    return std::max<std::size_t>(options_.columns, used + 20) - used;
  }
  std::string bytes(std::uint64_t count) const { return base::format_bytes(count, options_.units); }
  void line(std::string_view label, std::string_view text) {
    out_ += fmt::format("{}  {}\n", style_.faint(fmt::format("{:<11}", label)), text);
  }
  void title(std::string_view text) { out_ += "\n" + style_.bold(text) + "\n"; }
  void left_out(std::size_t total, std::size_t shown) {
    if (shown < total)
      out_ += style_.faint(fmt::format("             … and {} more (--top shows more)\n", total - shown));
  }
  // Growth in a column of its own; red is not said of growth, which may be wanted.
  std::string growth_column(std::int64_t growth) const {
    const std::string text = signed_bytes(growth, options_.units);
    // "±" has two bytes and one column.
    const std::size_t width = growth == 0 ? 12 : 11;
    const std::string padded = std::string(width - std::min(width, text.size()), ' ') + text;
    return growth > 0 ? style_.warning(padded) : growth < 0 ? style_.good(padded) : style_.faint(padded);
  }

  void head() {
    out_ += style_.bold(one_line(before_.name, rest(0))) + " → " +
            style_.bold(one_line(after_.name, rest(0))) +
            (before_.is_report ? " (old: a saved report)" : "") + "\n";
    std::string size = bytes_change(before_.uncompressed, after_.uncompressed, options_.units) + ", " +
                       growth_text(difference_.uncompressed, before_.uncompressed, options_.units);
    if (!after_.is_executable) size += " uncompressed";
    line("size", size);
    if (after_.is_executable) return;
    if (before_.compressed && after_.compressed)
      line("", bytes_change(*before_.compressed, *after_.compressed, options_.units) + " compressed");
    if (before_.reclaimable != after_.reclaimable)
      line("waste", bytes_change(before_.reclaimable, after_.reclaimable, options_.units));
    line("push", push_text(comparison_, options_.units));
    line("import", import_text(comparison_, options_.units));
    if (!difference_.has_files) return;
    std::string files = counts_text(difference_.counts);
    if (const std::string changes = changes_text(difference_); !changes.empty())
      files += fmt::format(" ({})", changes);
    line("files", files);
  }

  void layers() {
    const bool any = std::any_of(difference_.layers.begin(), difference_.layers.end(), [](const auto& row) {
      return !row.before || !row.after || row.before != row.after || row.must_push;
    });
    if (!any) return;
    title("Layers");
    for (std::size_t i = 0; i < difference_.layers.size();) i = layer_rows(i);
  }

  // One row, or one for a run of shared layers.
  std::size_t layer_rows(std::size_t at) {
    const auto is_plain = [&](const model::LayerDifference& row) {
      return row.before && row.after && row.before == row.after && !row.must_push;
    };
    std::size_t end = at;
    std::uint64_t shared = 0;
    for (; end < difference_.layers.size() && is_plain(difference_.layers[end]); ++end)
      shared += after_.layers[*difference_.layers[end].after].content_bytes;
    if (end > at) {
      out_ +=
          style_.faint(fmt::format("  = {:>5}  {:>9}        {}\n",
                                   end - at == 1 ? fmt::format("{}", at) : fmt::format("{}-{}", at, end - 1),
                                   bytes(shared), end - at == 1 ? "shared" : "all shared"));
      return end;
    }
    const auto& row = difference_.layers[at];
    const auto& layer = row.after ? after_.layers[*row.after] : before_.layers[*row.before];
    const std::string_view sign = !row.before ? "+" : !row.after ? "-" : row.must_push ? "~" : "=";
    std::string what = layer.instruction.empty() ? "(not recorded)" : layer.instruction;
    if (row.before && row.after && row.before != row.after)
      what = fmt::format("(was layer {}) {}", *row.before, what);
    out_ += fmt::format("  {} {:>5}  {:>9}  {}  {}\n", sign, row.after ? *row.after : *row.before,
                        bytes(layer.content_bytes), row.must_push ? style_.warning("push") : "    ",
                        one_line(what, rest(28)));
    return at + 1;
  }

  void growth() {
    if (!difference_.has_files || (difference_.growth.empty() && difference_.elsewhere == 0)) return;
    title(fmt::format("What the container sees: {}", signed_bytes(difference_.live, options_.units)));
    const std::size_t shown = std::min(options_.top, difference_.growth.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& part = difference_.growth[i];
      std::string path = difference_.paths.text(part.path) + (part.is_folder ? "/" : "");
      out_ += growth_column(part.bytes) + "  " + one_line(path, rest(45));
      if (part.is_folder) out_ += style_.faint("  " + counts_text(part.files));
      out_ += "\n";
    }
    left_out(difference_.growth.size(), shown);
    if (difference_.elsewhere != 0) out_ += growth_column(difference_.elsewhere) + "  in what is no file\n";
  }

  void files() {
    if (difference_.files.empty()) return;
    title("Files");
    const auto largest = largest_files(comparison_, options_.top);
    for (const std::size_t i : largest) {
      const auto& file = difference_.files[i];
      const char sign = !file.before ? '+' : !file.after ? '-' : '~';
      const std::string text = one_line(file_text(comparison_, file, options_.units), 60);
      out_ += fmt::format("{}  {} {}  {}\n", growth_column(file_growth(comparison_, file)), sign,
                          one_line(difference_.paths.text(file.path), rest(45)), style_.faint(text));
    }
    left_out(difference_.files.size(), largest.size());
  }

  void sizes(std::string_view name, const std::vector<SizeDifference>& rows, std::size_t most) {
    if (rows.empty()) return;
    out_ += style_.faint(fmt::format("  {}\n", name));
    const std::size_t shown = std::min(most, rows.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& row = rows[i];
      std::string text = one_line(row.name, rest(50));
      if (row.kind != model::OwnerKind::package) text += fmt::format(" ({})", owner_word(row.kind));
      if (!row.before) text += "  new";
      if (!row.after) text += "  gone";
      if (row.version_before != row.version_after)
        text +=
            fmt::format("  {} → {}", row.version_before.empty() ? "none" : one_line(row.version_before, 60),
                        row.version_after.empty() ? "none" : one_line(row.version_after, 60));
      out_ += growth_column(row.growth()) + "  " + text + "\n";
    }
    left_out(rows.size(), shown);
  }

  void binary(const BinaryDifference& row) {
    const auto& known = row.after ? after_.binaries[*row.after] : before_.binaries[*row.before];
    std::string text = one_line(known.path, rest(40)) + "  ";
    if (row.before && row.after) {
      const auto& old = before_.binaries[*row.before];
      if (old.path != known.path && !after_.is_executable) text = one_line(old.path, rest(40)) + " → " + text;
      text += bytes_change(old.size, known.size, options_.units) + ", " +
              growth_text(static_cast<std::int64_t>(known.size) - static_cast<std::int64_t>(old.size),
                          old.size, options_.units);
    } else {
      text += fmt::format("{} {}", row.after ? "new," : "gone,", bytes(known.size));
    }
    title(text);
    const std::size_t facts = std::min(std::max(options_.top, kFewest), row.facts.size());
    for (std::size_t i = 0; i < facts; ++i)
      out_ +=
          fmt::format("  {} {}\n", setting_sign(row.facts[i]), one_line(setting_text(row.facts[i]), rest(4)));
    left_out(row.facts.size(), facts);
    if (row.before && row.after) {
      sizes("modules", row.modules, options_.top);
      sizes("packages and sections", row.owners, options_.top);
    }
  }

  void binaries() {
    const std::size_t shown = std::min(kFewest, difference_.binaries.size());
    for (std::size_t i = 0; i < shown; ++i) binary(difference_.binaries[i]);
    left_out(difference_.binaries.size(), shown);
  }

  void settings() {
    if (difference_.settings.empty()) return;
    title("Configuration");
    for (const auto& setting : difference_.settings)
      out_ += fmt::format("  {} {:<11}  {}\n", setting_sign(setting), setting_word(setting.kind),
                          one_line(setting_text(setting), rest(17)));
  }

  void findings() {
    const auto& fixed = difference_.fixed_findings;
    if (!difference_.new_findings.empty()) {
      title("New findings");
      out_ += findings_text(difference_.new_findings, options_);
    }
    if (!fixed.empty()) {
      title(counted(fixed.size(), "finding is fixed", "findings are fixed"));
      const std::size_t shown = std::min(options_.top, fixed.size());
      for (std::size_t i = 0; i < shown; ++i)
        out_ += fmt::format("  {} {}\n", style_.good(base::escape_controls(fixed[i].rule)),
                            one_line(fixed[i].message, rest(12)));
      left_out(fixed.size(), shown);
    }
    if (!difference_.remaining_findings.empty() && !difference_.is_empty)
      out_ += style_.faint(fmt::format("\n{} in both\n", counted(difference_.remaining_findings.size(),
                                                                 "finding stands", "findings stand")));
  }

  void end() {
    if (!difference_.notes.empty()) out_ += "\n";
    for (const auto& note : difference_.notes)
      out_ += fmt::format("{} {}\n", style_.faint("note:"), base::escape_controls(note));
    if (!difference_.gates.empty()) out_ += "\n";
    for (const auto& gate : difference_.gates) {
      std::string subject = gate.subject.empty() ? "" : fmt::format("  {}", one_line(gate.subject, rest(50)));
      out_ += fmt::format("{}  {}: {} (limit {}){}\n", gate.passed ? style_.good("pass") : style_.bad("FAIL"),
                          gate.name, gate_number(gate, gate.value, options_.units),
                          gate_number(gate, gate.limit, options_.units), subject);
    }
    const Verdict verdict = diff_verdict(comparison_, options_.units);
    const std::string text = verdict.tone == Tone::bad    ? style_.bad(verdict.text)
                             : verdict.tone == Tone::good ? style_.good(verdict.text)
                                                          : style_.warning(verdict.text);
    out_ += fmt::format("\n{} {}\n", style_.bold("verdict:"), text);
  }

  const Comparison& comparison_;
  const model::Snapshot& before_;
  const model::Snapshot& after_;
  const Difference& difference_;
  const TextOptions& options_;
  Style style_;
  std::string out_;
};

}  // namespace

std::string diff_text(const Comparison& comparison, const TextOptions& options) {
  return DiffText(comparison, options).write();
}

}  // namespace crtune::report
