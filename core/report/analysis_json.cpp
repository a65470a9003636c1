#include "core/report/analysis_json.hpp"

#include "core/report/binaries.hpp"
#include "core/report/findings.hpp"
#include "core/report/gates_json.hpp"
#include "core/report/json_writer.hpp"

#include <fmt/format.h>

namespace crtune::report {

using model::Analysis;
using model::EntryRole;
using model::Fate;
using model::Image;
using model::LayerEntry;

namespace {

void write_image(JsonWriter& json, const Image& image) {
  json.key("image").begin_object();
  json.key("source").text(image.source);
  json.key("names").texts(image.names);
  json.key("digest").known_text(image.digest.text());
  json.key("config_digest").known_text(image.config_digest.text());
  json.key("platform").known_text(image.config.platform);
  json.key("entrypoint").texts(image.config.entrypoint);
  json.key("cmd").texts(image.config.command);
  json.key("user").text(image.config.user);
  json.key("working_dir").known_text(image.config.working_directory);
  json.end_object();
}

// Secrets are hidden: their value is null.
void write_settings(JsonWriter& json, const Analysis& analysis) {
  json.key("settings").begin_array();
  for (const auto& setting : analysis.settings) {
    json.begin_object().key("kind").text(setting_word(setting.kind));
    json.key("name").known_text(setting.name);
    json.key("value");
    if (setting.hidden) {
      json.null();
    } else {
      json.text(setting.value);
    }
    json.end_object();
  }
  json.end_array();
}

void write_layers(JsonWriter& json, const Image& image, const Analysis& analysis) {
  json.key("layers").begin_array();
  for (std::size_t i = 0; i < image.layers.size() && !analysis.is_executable; ++i) {
    const auto& layer = image.layers[i];
    const auto& summary = analysis.layers[i];
    json.begin_object();
    json.key("index").number(std::uint64_t{i});
    json.key("diff_id").known_text(layer.diff_id.text());
    json.key("digest").known_text(layer.digest.text());
    json.key("size").number(layer.content_bytes);
    json.key("tar_bytes").number(layer.tar_bytes);
    json.key("stored_bytes").number(layer.stored_bytes);
    json.key("compression").text(layer.compression);
    json.key("entries").number(std::uint64_t{layer.entries.size()});
    json.key("created_by").known_text(summary.created_by.value_or(""));
    json.key("base").boolean(summary.base);
    json.key("live").number(summary.live);
    json.key("reclaimable").number(summary.reclaimable);
    json.key("framing").number(summary.framing);
    json.end_object();
  }
  json.end_array();
}

void write_changes(JsonWriter& json, std::uint8_t changes) {
  json.key("changed").begin_array();
  if ((changes & model::change_mode) != 0) json.text("mode");
  if ((changes & model::change_owner) != 0) json.text("owner");
  if ((changes & model::change_time) != 0) json.text("time");
  if ((changes & model::change_xattrs) != 0) json.text("xattrs");
  json.end_array();
}

// What all rows of a group say, written once: an image may have many thousands of them.
std::string group_members(const Analysis& analysis, const model::WasteGroup& group) {
  constexpr std::size_t kRowDepth = 3;
  std::string out;
  JsonWriter json(out, kRowDepth);
  json.begin_object();
  json.key("cause").text(fate_word(group.cause));
  if (group.cause == Fate::metadata_only) write_changes(json, group.changes);
  json.key("layer").number(std::uint64_t{group.layer});
  json.key("instruction").known_text(analysis.layers[group.layer].created_by.value_or(""));
  json.key("culprit_layer").number(std::uint64_t{group.culprit_layer});
  json.key("culprit").known_text(analysis.layers[group.culprit_layer].created_by.value_or(""));
  json.key("fix").text(group.fix);
  json.end_object();
  return out.substr(1, out.size() - 2);
}

void write_waste(JsonWriter& json, const Image& image, const Analysis& analysis,
                 const model::Policy& policy) {
  json.key("reclaimable").begin_object();
  json.key("bytes").number(analysis.reclaimable());
  json.key("ignored_bytes").number(analysis.ignored_bytes);
  json.key("by_cause").begin_object();
  for (const Fate cause : model::kWasteCauses)
    json.key(fate_word(cause)).number(analysis.bytes_by_fate[static_cast<std::size_t>(cause)]);
  json.end_object().end_object();
  std::vector<std::string> members;
  for (const auto& group : analysis.groups) members.push_back(group_members(analysis, group));
  json.key("waste").begin_array();
  for (const auto& row : analysis.waste) {
    json.begin_object();
    json.key("path").text(image.paths.text(row.path));
    json.key("bytes").number(row.bytes);
    json.written(members[row.group]);
    if (row.ignored >= 0)
      json.key("ignored").text(policy.ignores[static_cast<std::size_t>(row.ignored)].reason);
    json.end_object();
  }
  json.end_array();
}

std::string_view type_word(const LayerEntry& entry) {
  switch (entry.role) {
    case EntryRole::opaque: return "opaque";
    case EntryRole::whiteout:
    case EntryRole::bookkeeping: return "whiteout";
    case EntryRole::content: break;
  }
  return base::kind_word(entry.kind);
}

// What a comparison with a later image needs besides the size.
void write_attributes(JsonWriter& json, const Image& image, const LayerEntry& entry) {
  json.key("mode").number(std::uint64_t{entry.mode});
  json.key("uid").number(std::uint64_t{entry.uid});
  json.key("gid").number(std::uint64_t{entry.gid});
  json.key("mtime").signed_number(entry.mtime_seconds);
  json.key("mtime_ns").number(std::uint64_t{entry.mtime_nanoseconds});
  if (entry.xattr_hash != 0) json.key("xattrs").text(fmt::format("{:016x}", entry.xattr_hash));
  if (entry.link_size != 0) json.key("link").text(image.link_target(entry));
  if (entry.device != 0) json.key("device").number(entry.device);
}

void write_files(JsonWriter& json, const Image& image,
                 const std::vector<std::vector<model::FileState>>& layers) {
  std::vector<std::uint64_t> first_row;  // of each layer
  std::uint64_t rows = 0;
  for (const auto& layer : layers) {
    first_row.push_back(rows);
    rows += layer.size();
  }
  json.key("files").begin_array();
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    for (std::size_t i = 0; i < layers[layer].size(); ++i) {
      const auto& file = layers[layer][i];
      const auto& entry = image.layers[layer].entries[i];
      json.begin_object();
      json.key("layer").number(std::uint64_t{layer});
      json.key("path").text(image.paths.text(file.path));
      json.key("size").number(entry.size);
      json.key("type").text(type_word(entry));
      json.key("state").text(fate_word(file.state));
      json.key("present").boolean(file.present);
      write_attributes(json, image, entry);
      if (file.content != model::EntryRef{static_cast<std::uint32_t>(layer), static_cast<std::uint32_t>(i)})
        json.key("content_of").number(first_row[file.content.layer] + file.content.index);
      json.end_object();
    }
  }
  json.end_array();
}

void write_advice(JsonWriter& json, const Image& image, const Analysis& analysis) {
  json.key("duplicates_are_estimated").boolean(analysis.duplicates_are_estimated);
  json.key("duplicates").begin_array();
  for (const auto& duplicate : analysis.duplicates) {
    json.begin_object().key("bytes").number(duplicate.bytes).key("paths").begin_array();
    for (const auto path : duplicate.paths) json.text(image.paths.text(path));
    json.end_array().end_object();
  }
  json.end_array();
}

// What a start reads, and how much of the contents was looked at.
void write_start(JsonWriter& json, const Image& image, const Analysis& analysis) {
  json.key("start").begin_object().key("bytes").number(analysis.start.bytes).key("files").begin_array();
  for (const auto path : analysis.start.paths) json.text(image.paths.text(path));
  json.end_array().end_object();
  json.key("read").begin_object();
  json.key("deep").boolean(analysis.scope.deep);
  json.key("binaries").number(analysis.scope.binaries);
  json.end_object();
}

void write_gates(JsonWriter& json, const Analysis& analysis) {
  write_dive(json, analysis.dive);
  json.key("gates").begin_array();
  for (const auto& gate : analysis.gates) {
    json.begin_object();
    json.key("name").text(gate.name);
    write_gate_verdict(json, gate);
    json.end_object();
  }
  json.end_array();
  json.key("notes").texts(analysis.notes);
}

}  // namespace

std::string analysis_json(const Image& image, const Analysis& analysis, const model::Policy& policy,
                          bool with_files) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("schema").text("cloudrun-tune/analyze/v1");
  if (analysis.is_executable) {
    json.key("image").null();
  } else {
    write_image(json, image);
    write_settings(json, analysis);
  }
  json.key("size").begin_object();
  json.key("uncompressed").number(analysis.uncompressed);
  json.key("compressed").number_or_null(analysis.compressed);
  json.key("entries").number(analysis.entries);
  json.end_object();
  write_layers(json, image, analysis);
  write_waste(json, image, analysis, policy);
  write_findings(json, analysis.findings);
  write_binaries(json, image, analysis);
  write_start(json, image, analysis);
  write_advice(json, image, analysis);
  write_gates(json, analysis);
  if (with_files && analysis.files) write_files(json, image, *analysis.files);
  json.end_object();
  return out;
}

}  // namespace crtune::report
