#include "core/report/page_data.hpp"

#include "core/report/gates_json.hpp"
#include "core/report/script_data.hpp"

#include <algorithm>
#include <vector>

namespace crtune::report {

using model::Analysis;
using model::Image;

namespace {

// How many bytes of the page each list may take; with the tree's and the page's own they stay below 8 MB.
constexpr std::size_t kLayerRoom = 500'000;
constexpr std::size_t kWasteRoom = 500'000;
constexpr std::size_t kFindingRoom = 700'000;
constexpr std::size_t kSmallRoom = 60'000;

void write_head(JsonWriter& json, const Image& image, const Analysis& analysis, const HtmlOptions& options) {
  json.key("iec").boolean(options.units == base::Units::iec);
  json.key("source").text(shown(image.source));
  write_page_texts(json, "names", image.names);
  json.key("digest").text(image.digest.text());
  json.key("platform").text(shown(image.config.platform, 100));
  write_page_texts(json, "entrypoint", image.config.entrypoint);
  write_page_texts(json, "command", image.config.command);
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
  write_page_texts(json, "notes", analysis.notes);
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

}  // namespace

std::string page_data(const Image& image, const Analysis& analysis, const model::Policy& policy,
                      const HtmlOptions& options) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_head(json, image, analysis, options);
  write_dive(json, analysis.dive);
  write_page_gates(json, analysis.gates);
  write_layers(json, image, analysis);
  write_waste(json, image, analysis, policy);
  write_duplicates(json, image, analysis);
  PageFindings findings(json);
  findings.write("findings", analysis.findings, kFindingRoom);
  findings.write_rules(options.rules, kFindingRoom / 2);
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
