#include "core/report/analysis_text.hpp"

#include "core/base/escape.hpp"
#include "core/report/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace crtune::report {

using base::one_line;
using model::Analysis;
using model::Fate;
using model::GateResult;
using model::Image;
using model::WasteGroup;

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return fmt::format("{} {}", digits, count == 1 ? one : many);
}

class TextReport {
 public:
  TextReport(const Image& image, const Analysis& analysis, const TextOptions& options)
      : image_(image), analysis_(analysis), options_(options), style_(options.colour) {}

  std::string write() {
    head();
    layers();
    waste();
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

  double percent(std::uint64_t part) const {
    return analysis_.uncompressed == 0
               ? 0.0
               : 100.0 * static_cast<double>(part) / static_cast<double>(analysis_.uncompressed);
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

  static std::string cause_text(const WasteGroup& group) {
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
    return changed.empty() ? "shipped again unchanged"
                           : fmt::format("shipped again, only {} changed", changed);
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

  std::string gate_number(const GateResult& gate, double value) const {
    if (std::isnan(value)) return "unknown";
    if (std::isinf(value)) return "infinite";
    if (gate.is_bytes) return bytes(static_cast<std::uint64_t>(value));
    return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
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
    for (const auto& gate : analysis_.gates)
      out_ += fmt::format("{}  {}: {} (limit {})\n", gate.passed ? style_.good("pass") : style_.bad("FAIL"),
                          gate.name, gate_number(gate, gate.value), gate_number(gate, gate.limit));
  }

  void verdict() {
    const auto failed = static_cast<std::uint64_t>(std::count_if(
        analysis_.gates.begin(), analysis_.gates.end(), [](const auto& gate) { return !gate.passed; }));
    std::string text;
    if (failed > 0) {
      text = style_.bad(fmt::format("{} failed", counted(failed, "gate", "gates")));
    } else if (analysis_.reclaimable() == 0) {
      text = style_.good("nothing is wasted");
    } else if (analysis_.ignored_bytes == analysis_.reclaimable()) {
      text = style_.good("all waste is accepted by the policy");
    } else {
      text = style_.warning(fmt::format("{} ({:.1f} %) can go without losing a file",
                                        bytes(analysis_.reclaimable() - analysis_.ignored_bytes),
                                        percent(analysis_.reclaimable() - analysis_.ignored_bytes)));
    }
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
