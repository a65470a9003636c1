#include "core/report/diff_page.hpp"

#include "core/report/diff_words.hpp"
#include "core/report/page_parts.hpp"
#include "core/report/script_data.hpp"

#include <algorithm>

namespace crtune::report {

using model::Difference;
using model::Snapshot;

namespace {

// How many bytes of the page each list may take; with the tree's and the page's own they stay below 8 MB.
constexpr std::size_t kLayerRoom = 400'000;
constexpr std::size_t kGrowthRoom = 100'000;
constexpr std::size_t kSettingRoom = 200'000;
constexpr std::size_t kNewRoom = 450'000;
constexpr std::size_t kFixedRoom = 250'000;
constexpr std::size_t kRemainingRoom = 150'000;
constexpr std::size_t kRuleRoom = 250'000;

std::string_view tone_word(Tone tone) {
  switch (tone) {
    case Tone::good: return "good";
    case Tone::warning: return "warn";
    case Tone::bad: break;
  }
  return "bad";
}

void write_side(JsonWriter& json, std::string_view key, const Snapshot& side) {
  json.key(key).begin_object();
  json.key("name").text(shown(side.name, 500));
  json.key("digest").text(shown(side.digest, 200));
  json.key("is_report").boolean(side.is_report);
  json.key("uncompressed").number(side.uncompressed);
  json.key("compressed").number_or_null(side.compressed);
  json.key("reclaimable").number(side.reclaimable);
  json.key("layers").number(std::uint64_t{side.layers.size()});
  json.end_object();
}

void write_head(JsonWriter& json, const Comparison& comparison, base::Units units) {
  const Difference& difference = comparison.difference;
  json.key("iec").boolean(units == base::Units::iec);
  json.key("empty").boolean(difference.is_empty);
  json.key("is_executable").boolean(comparison.after.is_executable);
  const Verdict verdict = diff_verdict(comparison, units);
  json.key("tone").text(tone_word(verdict.tone));
  json.key("verdict").text(shown(verdict.text));
  write_side(json, "old", comparison.before);
  write_side(json, "new", comparison.after);
  json.key("growth").signed_number(difference.uncompressed);
  json.key("live").signed_number(difference.live);
  json.key("elsewhere").signed_number(difference.elsewhere);
  write_page_texts(json, "notes", difference.notes);
}

void write_deploy(JsonWriter& json, const model::Deploy& deploy) {
  json.key("push").begin_object();
  json.key("bytes").number(deploy.push_bytes);
  json.key("layers").number(deploy.push_layers);
  json.key("is_bound").boolean(deploy.uncompressed_layers > 0);
  json.key("is_known").boolean(deploy.is_known);
  json.key("import_bytes").number(deploy.import_bytes);
  json.key("import_layers").number(deploy.import_layers);
  json.key("shared").number(deploy.shared_layers);
  json.end_object();
}

// Each side may have 1,024 layers, so each has its share of the room at least.
void write_layers(JsonWriter& json, const Comparison& comparison) {
  const auto& layers = comparison.difference.layers;
  const std::size_t most =
      std::clamp<std::size_t>(kLayerRoom / 6 / std::max<std::size_t>(layers.size(), 1), 20, 4'000);
  json.key("layers").begin_array();
  for (const auto& row : layers) {
    const auto& layer =
        row.after ? comparison.after.layers[*row.after] : comparison.before.layers[*row.before];
    json.begin_object();
    json.key("old").number_or_null(row.before);
    json.key("new").number_or_null(row.after);
    json.key("push").boolean(row.must_push);
    json.key("bytes").number(layer.content_bytes);
    json.key("stored").number(layer.stored_bytes);
    json.key("compression").text(shown(layer.compression, 20));
    json.key("instruction").text(shown(layer.instruction, most));
    json.key("diff_id").text(shown(layer.diff_id, 100));
    json.end_object();
  }
  json.end_array();
}

void write_counts(JsonWriter& json, const model::FileCounts& counts) {
  json.key("added").number(counts.added);
  json.key("removed").number(counts.removed);
  json.key("changed").number(counts.changed);
  json.key("unknown").number(counts.unknown);
}

void write_growth(JsonWriter& json, const Difference& difference) {
  BoundedRows rows(json, "parts", kGrowthRoom);
  for (const auto& part : difference.growth) {
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("path").text(shown(difference.paths.text(part.path), 500));
    out.key("is_folder").boolean(part.is_folder);
    out.key("bytes").signed_number(part.bytes);
    write_counts(out, part.files);
    out.end_object();
    rows.add(row, magnitude(part.bytes));
  }
  rows.end();
  json.key("counts").begin_object();
  write_counts(json, difference.counts);
  json.end_object();
  json.key("changed_so").begin_object();
  for (std::size_t i = 0; i < model::kFileChanges.size(); ++i)
    json.key(model::kFileChanges[i].second).number(difference.changes[i]);
  json.end_object();
}

void write_settings(JsonWriter& json, const Difference& difference) {
  BoundedRows rows(json, "settings", kSettingRoom);
  const auto value = [](JsonWriter& out, const std::optional<std::string>& text) {
    if (text) {
      out.text(shown(*text));
    } else {
      out.null();
    }
  };
  for (const auto& setting : difference.settings) {
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("kind").text(setting_word(setting.kind));
    out.key("name").text(shown(setting.name, 300));
    out.key("hidden").boolean(setting.hidden);
    value(out.key("old"), setting.before);
    value(out.key("new"), setting.after);
    out.end_object();
    rows.add(row);
  }
  rows.end();
}

}  // namespace

std::string diff_page_data(const Comparison& comparison, const HtmlOptions& options) {
  const Difference& difference = comparison.difference;
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_head(json, comparison, options.units);
  write_deploy(json, difference.deploy);
  write_page_gates(json, difference.gates);
  write_layers(json, comparison);
  write_growth(json, difference);
  write_settings(json, difference);
  PageFindings findings(json);
  findings.write("new_findings", difference.new_findings, kNewRoom);
  findings.write("fixed_findings", difference.fixed_findings, kFixedRoom);
  findings.write("remaining_findings", difference.remaining_findings, kRemainingRoom);
  findings.write_rules(options.rules, kRuleRoom);
  write_diff_binaries(json, comparison);
  write_growth_tree(json, comparison);
  json.end_object();
  return embeddable_json(out);
}

std::string diff_html(const Comparison& comparison, const HtmlOptions& options) {
  return page_with_data("report/diff_page.html", diff_page_data(comparison, options));
}

}  // namespace crtune::report
