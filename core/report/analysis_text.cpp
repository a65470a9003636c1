#include "core/report/analysis_text.hpp"

#include "core/base/escape.hpp"
#include "core/report/analysis_words.hpp"
#include "core/report/binaries.hpp"
#include "core/report/findings.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace crtune::report {

using base::one_line;
using model::Analysis;
using model::Image;
using model::WasteGroup;

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

class TextReport {
 public:
  TextReport(const Image& image, const Analysis& analysis, const TextOptions& options)
      : image_(image), analysis_(analysis), options_(options), style_(options.colour) {}

  std::string write() {
    if (analysis_.is_executable) return executable();
    head();
    layers();
    waste();
    out_ += binaries_text(image_, analysis_, options_);
    findings();
    advice();
    gates();
    verdict();
    return std::move(out_);
  }

 private:
  std::string bytes(std::uint64_t count) const { return base::format_bytes(count, options_.units); }
  // What is left of a line after `used` columns, and never too little to say something.
  std::size_t rest(std::size_t used) const {
    return std::max<std::size_t>(options_.columns, used + 20) - used;
  }
  void line(std::string_view label, std::string_view text) {
    out_ += fmt::format("{}  {}\n", style_.faint(fmt::format("{:<11}", label)), text);
  }

  double percent(std::uint64_t part) const { return percent_of(part, analysis_.uncompressed); }

  std::string executable() {
    out_ += executable_text(image_, analysis_, options_);
    findings();
    for (const auto& gate : analysis_.gates) gate_line(gate);
    const FindingCounts counts = count_findings(analysis_.findings);
    out_ += fmt::format("\n{} {}\n", style_.bold("verdict:"), counts_text(counts));
    return std::move(out_);
  }

  void head() {
    const std::string name = image_.names.empty() ? image_.source : image_.names.front();
    out_ += style_.bold(one_line(name, rest(0))) + "\n";
    if (!image_.digest.empty()) line("digest", image_.digest.text());
    line("platform", image_.config.platform.empty() ? "unknown" : one_line(image_.config.platform, rest(13)));
    std::string size = bytes(analysis_.uncompressed) + " uncompressed";
    if (analysis_.compressed) size += ", " + bytes(*analysis_.compressed) + " compressed";
    line("size", fmt::format("{}, {}, {}", size, counted(image_.layers.size(), "layer", "layers"),
                             counted(analysis_.entries, "entry", "entries")));
    std::vector<std::string> command = image_.config.entrypoint;
    command.insert(command.end(), image_.config.command.begin(), image_.config.command.end());
    line("entrypoint", command.empty() ? "none" : one_line(joined(command), rest(13)));
    line("user", image_.config.user.empty() ? "root (none is set)" : one_line(image_.config.user, rest(13)));
  }

  void layers() {
    std::uint64_t largest = 1;
    for (const auto& layer : image_.layers) largest = std::max(largest, layer.content_bytes);
    out_ += "\n" +
            style_.faint(fmt::format("{:>5}  {:>9}  {:<12}  {:>11}  {}", "layer", "size", "", "reclaimable",
                                     "instruction")) +
            "\n";
    for (std::size_t i = 0; i < image_.layers.size(); ++i) {
      const auto& layer = image_.layers[i];
      const auto& summary = analysis_.layers[i];
      const std::string waste = summary.reclaimable == 0 ? "-" : bytes(summary.reclaimable);
      const std::string padded = fmt::format("{:>11}", waste);
      const std::string_view instruction =
          summary.instruction.empty() ? "(not recorded)" : std::string_view(summary.instruction);
      const std::string text =
          one_line(fmt::format("{}{}", summary.base ? "base: " : "", instruction), rest(46));
      out_ += fmt::format("{:>5}  {:>9}  {}  {}  {}\n", i, bytes(layer.content_bytes),
                          bar(layer.content_bytes, largest),
                          summary.reclaimable == 0 ? style_.faint(padded) : style_.warning(padded),
                          summary.base ? style_.faint(text) : text);
    }
  }

  // Twelve columns in eighths.
  static std::string bar(std::uint64_t part, std::uint64_t whole) {
    static constexpr std::array<std::string_view, 8> kEighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    constexpr std::size_t kColumns = 12;
    auto eighths = static_cast<std::size_t>(
        std::lround(static_cast<double>(part) / static_cast<double>(whole) * kColumns * 8));
    if (part > 0) eighths = std::max<std::size_t>(eighths, 1);
    std::string out;
    for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
    out += kEighths[eighths % 8];
    const std::size_t used = eighths / 8 + (eighths % 8 > 0 ? 1 : 0);
    return out + std::string(kColumns - used, ' ');
  }

  void waste() {
    if (analysis_.groups.empty()) return;
    out_ += "\n" +
            style_.bold(fmt::format("{} of waste ({:.1f} %)", bytes(analysis_.reclaimable()),
                                    percent(analysis_.reclaimable()))) +
            "\n";
    const std::size_t shown = std::min(options_.top, analysis_.groups.size());
    for (std::size_t i = 0; i < shown; ++i) group(analysis_.groups[i]);
    if (shown < analysis_.groups.size())
      out_ += style_.faint(
                  fmt::format("  … and {} (--top {})",
                              counted(analysis_.groups.size() - shown, "smaller cause", "smaller causes"),
                              analysis_.groups.size())) +
              "\n";
  }

  void group(const WasteGroup& group) {
    const auto row = [&](std::string_view label, std::string_view text) {
      out_ += fmt::format("{:>11}  {} {}\n", "", style_.faint(fmt::format("{:<8}", label)),
                          one_line(text, rest(23)));
    };
    const auto layer = [&](std::uint32_t index) {
      const auto& instruction = analysis_.layers[index].instruction;
      return fmt::format("layer {}: {}", index, instruction.empty() ? "(not recorded)" : instruction);
    };
    out_ +=
        fmt::format("{}  {}\n", style_.warning(fmt::format("{:>11}", bytes(group.bytes))), cause_text(group));
    std::string path = image_.paths.text(group.largest);
    if (group.files > 1)
      path = fmt::format("{} and {}", one_line(path, rest(50)),
                         counted(group.files - 1, "more file", "more files"));
    row("path", path);
    row("made by", layer(group.layer));
    if (group.culprit_layer != group.layer) row("wasted", layer(group.culprit_layer));
    // The line to write is shown whole, however long.
    out_ += fmt::format("{:>11}  {} {}\n", "", style_.good(fmt::format("{:<8}", "fix")),
                        base::escape_controls(group.fix));
  }

  void findings() {
    // Waste was told above, with what made it.
    std::vector<model::Finding> others;
    for (const auto& finding : analysis_.findings)
      if (!finding.rule.starts_with("IMG10")) others.push_back(finding);
    const std::string text = findings_text(others, options_);
    if (!text.empty()) out_ += "\n" + text;
  }

  void advice() {
    if (analysis_.duplicates.empty()) return;
    std::uint64_t saving = 0;
    for (const auto& duplicate : analysis_.duplicates)
      saving += duplicate.bytes * (duplicate.paths.size() - 1);
    const auto& first = analysis_.duplicates.front();
    out_ += fmt::format(
        "\n{} the same content stands at several paths ({}{} in all), most of it {} and {}\n",
        style_.faint("advice:"), bytes(saving),
        analysis_.duplicates_are_estimated ? " by 4 probes a file, --verify compares all," : "",
        one_line(image_.paths.text(first.paths[0]), 60), one_line(image_.paths.text(first.paths[1]), 60));
  }

  void gate_line(const model::GateResult& gate) {
    out_ += fmt::format("{}  {}: {} (limit {})\n", gate.passed ? style_.good("pass") : style_.bad("FAIL"),
                        gate.name, gate_number(gate, gate.value, options_.units),
                        gate_number(gate, gate.limit, options_.units));
  }

  void gates() {
    out_ += fmt::format("\n{} efficiency {:.2f} %, wasted {}", style_.faint("as dive counts:"),
                        analysis_.dive.efficiency * 100, bytes(analysis_.dive.wasted_bytes));
    const double user = analysis_.dive.user_wasted_percent;
    out_ += std::isfinite(user) ? fmt::format(", user wasted {:.2f} %\n", user * 100) : "\n";
    for (const auto& note : analysis_.notes)
      out_ += fmt::format("{} {}\n", style_.faint("note:"), base::escape_controls(note));
    if (analysis_.gates.empty()) return;
    out_ += "\n";
    for (const auto& gate : analysis_.gates) gate_line(gate);
  }

  void verdict() {
    const Verdict result = report::verdict(analysis_, options_.units);
    const std::string text = result.tone == Tone::bad    ? style_.bad(result.text)
                             : result.tone == Tone::good ? style_.good(result.text)
                                                         : style_.warning(result.text);
    out_ += fmt::format("\n{} {}\n", style_.bold("verdict:"), text);
  }

  const Image& image_;
  const Analysis& analysis_;
  const TextOptions& options_;
  Style style_;
  std::string out_;
};

}  // namespace

std::string analysis_text(const Image& image, const Analysis& analysis, const TextOptions& options) {
  return TextReport(image, analysis, options).write();
}

}  // namespace crtune::report
