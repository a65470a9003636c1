#include "core/report/page_data.hpp"

#include "core/base/escape.hpp"
#include "core/report/script_data.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace crtune::report {

using model::Analysis;
using model::Image;

namespace {

constexpr std::size_t kRowDepth = 3;  // of text that stays on one line
// How many bytes of the page each list may take; with the tree's and the page's own they stay below 8 MB.
constexpr std::size_t kLayerRoom = 500'000;
constexpr std::size_t kWasteRoom = 500'000;
constexpr std::size_t kFindingRoom = 700'000;
constexpr std::size_t kSmallRoom = 60'000;

void write_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts) {
  BoundedRows rows(json, key, kSmallRoom);
  for (const auto& text : texts) {
    std::string row;
    JsonWriter(row, kRowDepth).text(shown(text));
    rows.add(row);
  }
  rows.end();
}

void write_head(JsonWriter& json, const Image& image, const Analysis& analysis, const HtmlOptions& options) {
  json.key("iec").boolean(options.units == base::Units::iec);
  json.key("source").text(shown(image.source));
  write_texts(json, "names", image.names);
  json.key("digest").text(image.digest.text());
  json.key("platform").text(shown(image.config.platform, 100));
  write_texts(json, "entrypoint", image.config.entrypoint);
  write_texts(json, "command", image.config.command);
  json.key("user").text(shown(image.config.user, 200));
  json.key("working_dir").text(shown(image.config.working_directory, 500));
  json.key("uncompressed").number(analysis.uncompressed);
  json.key("compressed").number_or_null(analysis.compressed);
  json.key("entries").number(analysis.entries);
  json.key("reclaimable").number(analysis.reclaimable());
  json.key("ignored").number(analysis.ignored_bytes);
  json.key("by_state").begin_array();
  for (const auto bytes : analysis.bytes_by_fate) json.number(bytes);
  json.end_array();
  write_texts(json, "notes", analysis.notes);
}

void write_gates(JsonWriter& json, const Analysis& analysis) {
  json.key("dive").begin_object();
  json.key("efficiency").number(analysis.dive.efficiency);
  json.key("wasted").number(analysis.dive.wasted_bytes);
  json.key("user_wasted").number(analysis.dive.user_wasted_percent);
  json.end_object();
  json.key("gates").begin_array();
  for (const auto& gate : analysis.gates) {
    json.begin_object();
    json.key("name").text(shown(gate.name, 100));
    json.key("limit").number(gate.limit);
    json.key("value").number(gate.value);
    json.key("bytes").boolean(gate.is_bytes);
    json.key("passed").boolean(gate.passed);
    json.end_object();
  }
  json.end_array();
}

// An image may have 1,024 layers, so each has its share of the room at least.
void write_layers(JsonWriter& json, const Image& image, const Analysis& analysis) {
  const std::size_t most =
      std::clamp<std::size_t>(kLayerRoom / 6 / std::max<std::size_t>(image.layers.size(), 1), 40, 4'000);
  json.key("layers").begin_array();
  for (std::size_t i = 0; i < image.layers.size(); ++i) {
    const auto& layer = image.layers[i];
    const auto& summary = analysis.layers[i];
    json.begin_object();
    json.key("bytes").number(layer.content_bytes);
    json.key("reclaimable").number(summary.reclaimable);
    json.key("framing").number(summary.framing);
    json.key("stored").number(layer.stored_bytes);
    json.key("compression").text(layer.compression);
    json.key("entries").number(std::uint64_t{layer.entries.size()});
    json.key("base").boolean(summary.base);
    json.key("instruction").text(shown(summary.instruction, most));
    json.key("diff_id").text(layer.diff_id.text());
    json.end_object();
  }
  json.end_array();
}

struct Accepted {
  std::uint64_t bytes = 0;
  std::int32_t ignore = -1;
};

void write_waste(JsonWriter& json, const Image& image, const Analysis& analysis,
                 const model::Policy& policy) {
  std::vector<Accepted> accepted(analysis.groups.size());
  for (const auto& row : analysis.waste) {
    if (row.ignored < 0) continue;
    accepted[row.group].bytes += row.bytes;
    if (accepted[row.group].ignore < 0) accepted[row.group].ignore = row.ignored;
  }
  BoundedRows rows(json, "waste", kWasteRoom);
  for (std::size_t i = 0; i < analysis.groups.size(); ++i) {
    const auto& group = analysis.groups[i];
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("cause").number(static_cast<std::uint64_t>(group.cause));
    out.key("changes").number(std::uint64_t{group.changes});
    out.key("layer").number(std::uint64_t{group.layer});
    out.key("culprit").number(std::uint64_t{group.culprit_layer});
    out.key("bytes").number(group.bytes);
    out.key("files").number(group.files);
    out.key("largest").text(shown(image.paths.text(group.largest)));
    out.key("fix").text(shown(group.fix, 8'000));
    out.key("accepted").number(accepted[i].bytes);
    if (accepted[i].ignore >= 0)
      out.key("reason").text(shown(policy.ignores[static_cast<std::size_t>(accepted[i].ignore)].reason, 500));
    out.end_object();
    rows.add(row, group.bytes);
  }
  rows.end();
}

void write_duplicates(JsonWriter& json, const Image& image, const Analysis& analysis) {
  constexpr std::size_t kPathsShown = 4;
  json.key("duplicates_are_estimated").boolean(analysis.duplicates_are_estimated);
  BoundedRows rows(json, "duplicates", kSmallRoom);
  for (const auto& duplicate : analysis.duplicates) {
    const std::uint64_t saving = duplicate.bytes * (std::max<std::size_t>(duplicate.paths.size(), 1) - 1);
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("bytes").number(duplicate.bytes);
    out.key("saving").number(saving);
    out.key("count").number(std::uint64_t{duplicate.paths.size()});
    out.key("paths").begin_array();
    for (std::size_t i = 0; i < std::min(duplicate.paths.size(), kPathsShown); ++i)
      out.text(shown(image.paths.text(duplicate.paths[i]), 500));
    out.end_array().end_object();
    rows.add(row, saving);
  }
  rows.end();
}

void write_findings(JsonWriter& json, const Analysis& analysis, const HtmlOptions& options) {
  std::set<std::string_view> used;
  BoundedRows rows(json, "findings", kFindingRoom);
  for (const auto& finding : analysis.findings) {
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("rule").text(shown(finding.rule, 60));
    out.key("severity").text(severity_word(finding.severity));
    out.key("message").text(shown(finding.message));
    out.key("fix").text(shown(finding.fix, 8'000));
    if (finding.layer) out.key("layer").number(std::uint64_t{*finding.layer});
    out.key("instruction").text(shown(finding.instruction));
    out.key("path").text(shown(finding.path));
    out.key("line").number(finding.line);
    out.key("column").number(finding.column);
    out.key("bytes").number_or_null(finding.bytes);
    out.key("accepted").text(shown(finding.ignored, 500));
    out.end_object();
    if (rows.add(row)) used.insert(finding.rule);
  }
  rows.end();
  BoundedRows texts(json, "rules", kFindingRoom / 2);
  for (const auto& rule : options.rules) {
    if (!used.contains(rule.id)) continue;
    std::string row;
    JsonWriter out(row, kRowDepth);
    out.begin_object();
    out.key("id").text(rule.id);
    out.key("title").text(shown(rule.title));
    out.key("why").text(shown(rule.why, 4'000));
    out.key("fix").text(shown(rule.fix, 4'000));
    out.end_object();
    texts.add(row);
  }
  texts.end();
}

}  // namespace

std::string shown(std::string_view text, std::size_t most) {
  // A character takes at most four bytes of UTF-8, so nothing of what is kept is cut here.
  return base::one_line(text.substr(0, std::min(text.size(), 4 * most + 4)), most);
}

BoundedRows::BoundedRows(JsonWriter& json, std::string_view key, std::size_t room)
    : json_(json), key_(key), room_(room) {
  json_.key(key_).begin_array();
}

bool BoundedRows::add_if_it_fits(std::string_view row) {
  const std::size_t size = embeddable_json(row).size() + 2;
  if (left_out_ > 0 || row.empty() || size > room_) return false;
  room_ -= size;
  json_.written(row);
  return true;
}

bool BoundedRows::add(std::string_view row, std::uint64_t bytes) {
  if (add_if_it_fits(row)) return true;
  ++left_out_;
  left_out_bytes_ += bytes;
  return false;
}

void BoundedRows::end() {
  json_.end_array();
  json_.key(key_ + "_left_out").number(left_out_);
  json_.key(key_ + "_left_out_bytes").number(left_out_bytes_);
}

std::string page_data(const Image& image, const Analysis& analysis, const model::Policy& policy,
                      const HtmlOptions& options) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_head(json, image, analysis, options);
  write_gates(json, analysis);
  write_layers(json, image, analysis);
  write_waste(json, image, analysis, policy);
  write_duplicates(json, image, analysis);
  write_findings(json, analysis, options);
  write_page_binaries(json, image, analysis);
  if (analysis.files) {
    write_file_tree(json, build_file_tree(image, *analysis.files));
  } else {
    json.key("tree").null();
  }
  json.end_object();
  return embeddable_json(out);
}

}  // namespace crtune::report
