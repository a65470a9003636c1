#include "core/report/diff_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace crtune::report {

using base::Units;
using model::FileDifference;
using model::SnapshotFile;

namespace {

std::string time_of(const SnapshotFile& file) {
  return fmt::format("{}{}", file.mtime_seconds,
                     file.mtime_nanoseconds == 0 ? "" : fmt::format(".{:09}", file.mtime_nanoseconds));
}

std::string change_text(model::FileChange change, std::string_view word, const Comparison& comparison,
                        const SnapshotFile& a, const SnapshotFile& b, Units units) {
  const auto arrow = [&](const std::string& from, const std::string& to) {
    return fmt::format("{} {} → {}", word, from, to);
  };
  switch (change) {
    case model::file_mode: return arrow(fmt::format("{:04o}", a.mode), fmt::format("{:04o}", b.mode));
    case model::file_owner:
      return arrow(fmt::format("{}:{}", a.uid, a.gid), fmt::format("{}:{}", b.uid, b.gid));
    case model::file_time: return arrow(time_of(a), time_of(b));
    case model::file_type:
      return arrow(std::string(base::kind_word(a.kind)), std::string(base::kind_word(b.kind)));
    case model::file_link:
      return arrow(std::string(comparison.before.link_target(a)),
                   std::string(comparison.after.link_target(b)));
    case model::file_content:
      return a.size == b.size ? std::string(word)
                              : fmt::format("{} {}", word, bytes_change(a.size, b.size, units));
    case model::file_xattrs:
    case model::file_device: break;
  }
  return std::string(word);
}

}  // namespace

std::uint64_t magnitude(std::int64_t number) {
  return number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number)
                    : static_cast<std::uint64_t>(number);
}

std::string signed_bytes(std::int64_t bytes, Units units) {
  return fmt::format("{}{}",
                     bytes > 0   ? "+"
                     : bytes < 0 ? "-"
                                 : "±",
                     base::format_bytes(magnitude(bytes), units));
}

std::string bytes_change(std::uint64_t before, std::uint64_t after, Units units) {
  return fmt::format("{} → {}", base::format_bytes(before, units), base::format_bytes(after, units));
}

std::string growth_text(std::int64_t growth, std::uint64_t before, Units units) {
  std::string out = signed_bytes(growth, units);
  if (before > 0 && growth != 0)
    out += fmt::format(" ({:+.1f} %)", 100.0 * static_cast<double>(growth) / static_cast<double>(before));
  return out;
}

std::string push_text(const Comparison& comparison, Units units) {
  const auto& deploy = comparison.difference.deploy;
  if (deploy.push_layers == 0) return "nothing: the registry has every layer of the old image";
  std::string out =
      fmt::format("{} in {} of {}", base::format_bytes(deploy.push_bytes, units), deploy.push_layers,
                  counted(comparison.after.layers.size(), "layer", "layers"));
  if (deploy.uncompressed_layers == 0) return out + ", compressed as they are pushed";
  if (deploy.uncompressed_layers == deploy.push_layers)
    return "at most " + out + ", uncompressed: the push compresses them";
  return fmt::format("at most {}, {} of them uncompressed: the push compresses those", out,
                     deploy.uncompressed_layers);
}

std::string import_text(const Comparison& comparison, Units units) {
  const auto& deploy = comparison.difference.deploy;
  std::string out = deploy.import_layers == 0
                        ? "nothing new"
                        : fmt::format("{} unpacked in {}", base::format_bytes(deploy.import_bytes, units),
                                      counted(deploy.import_layers, "new layer", "new layers"));
  out += fmt::format("; {} shared by diff ID", counted(deploy.shared_layers, "layer is", "layers are"));
  if (deploy.shared_digests > 0) out += fmt::format(", {} by stored digest", deploy.shared_digests);
  return out;
}

std::string counts_text(const model::FileCounts& counts) {
  std::string out;
  const auto add = [&](std::uint64_t count, std::string_view word) {
    if (count > 0) out += (out.empty() ? "" : ", ") + counted(count, word, word);
  };
  add(counts.added, "added");
  add(counts.removed, "removed");
  add(counts.changed, "changed");
  if (counts.unknown > 0)
    out += fmt::format("{}{} of unknown content", out.empty() ? "" : ", ", counts.unknown);
  return out.empty() ? "none differ" : out;
}

std::string changes_text(const model::Difference& difference) {
  std::string out;
  for (std::size_t i = 0; i < model::kFileChanges.size(); ++i)
    if (difference.changes[i] > 0)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", model::kFileChanges[i].second,
                         difference.changes[i]);
  return out;
}

std::int64_t file_growth(const Comparison& comparison, const FileDifference& file) {
  std::int64_t growth = 0;
  if (file.after) growth += static_cast<std::int64_t>(comparison.after.files[*file.after].counted);
  if (file.before) growth -= static_cast<std::int64_t>(comparison.before.files[*file.before].counted);
  return growth;
}

std::string file_text(const Comparison& comparison, const FileDifference& file, Units units) {
  if (!file.before || !file.after) {
    const SnapshotFile& only =
        file.before ? comparison.before.files[*file.before] : comparison.after.files[*file.after];
    const std::string_view word = file.before ? "removed" : "added";
    if (only.kind != base::EntryKind::file) return fmt::format("{}, {}", word, base::kind_word(only.kind));
    return fmt::format("{}, {}", word, base::format_bytes(only.size, units));
  }
  const SnapshotFile& a = comparison.before.files[*file.before];
  const SnapshotFile& b = comparison.after.files[*file.after];
  std::string out;
  for (const auto& [change, word] : model::kFileChanges)
    if ((file.changes & change) != 0)
      out += (out.empty() ? "" : ", ") + change_text(change, word, comparison, a, b, units);
  if (file.content_is_unknown) out += fmt::format("{}content unknown", out.empty() ? "" : ", ");
  return out;
}

std::string attributes_text(const Comparison& comparison, const FileDifference& file) {
  if (!file.before || !file.after) return {};
  const SnapshotFile& a = comparison.before.files[*file.before];
  const SnapshotFile& b = comparison.after.files[*file.after];
  std::string out;
  for (const auto& [change, word] : model::kFileChanges) {
    if ((file.changes & change) == 0) continue;
    const bool word_alone = change == model::file_content || change == model::file_time;
    out += (out.empty() ? "" : ", ") +
           (word_alone ? std::string(word) : change_text(change, word, comparison, a, b, Units::si));
  }
  if (file.content_is_unknown) out += fmt::format("{}content unknown", out.empty() ? "" : ", ");
  return out;
}

std::vector<std::size_t> largest_files(const Comparison& comparison, std::size_t most) {
  const auto& files = comparison.difference.files;
  std::vector<std::size_t> order(files.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // The files are in the order of their paths.
  const auto first = [&](std::size_t a, std::size_t b) {
    const auto left = magnitude(file_growth(comparison, files[a]));
    const auto right = magnitude(file_growth(comparison, files[b]));
    return left != right ? left > right : a < b;
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(std::min(most, order.size()));
  std::partial_sort(order.begin(), end, order.end(), first);
  order.resize(std::min(most, order.size()));
  return order;
}

std::string setting_text(const model::SettingDifference& setting) {
  const auto shown = [](const std::string& value) { return value.empty() ? std::string("(empty)") : value; };
  const bool is_name_alone =
      setting.kind == model::SettingKind::port || setting.kind == model::SettingKind::volume;
  std::string out = setting.name;
  if (is_name_alone) return out;
  if (!out.empty()) out += ": ";
  if (!setting.before) return out + shown(*setting.after);
  if (!setting.after) return out + shown(*setting.before);
  if (setting.hidden) return out + "changed (the value is hidden)";
  return out + shown(*setting.before) + " → " + shown(*setting.after);
}

char setting_sign(const model::SettingDifference& setting) {
  return !setting.before ? '+' : !setting.after ? '-' : '~';
}

Verdict diff_verdict(const Comparison& comparison, Units units) {
  const auto& difference = comparison.difference;
  std::set<std::string_view> failed;  // a gate of packages has a result for each
  for (const auto& gate : difference.gates)
    if (!gate.passed) failed.insert(gate.name);
  if (!failed.empty()) return {Tone::bad, fmt::format("{} failed", counted(failed.size(), "gate", "gates"))};
  if (difference.is_empty)
    return {Tone::good,
            difference.counts.unknown > 0 ? "no difference that a saved report can tell" : "no difference"};
  std::string out = difference.uncompressed == 0
                        ? "the same size"
                        : fmt::format("{} {}", base::format_bytes(magnitude(difference.uncompressed), units),
                                      difference.uncompressed > 0 ? "larger" : "smaller");
  if (!comparison.after.is_executable)
    out += fmt::format(", {}{} to push", difference.deploy.uncompressed_layers > 0 ? "at most " : "",
                       base::format_bytes(difference.deploy.push_bytes, units));
  if (!difference.new_findings.empty())
    out += ", " + counted(difference.new_findings.size(), "new finding", "new findings");
  return {difference.uncompressed > 0 || !difference.new_findings.empty() ? Tone::warning : Tone::good, out};
}

}  // namespace crtune::report
