#include "core/report/diff.hpp"
#include "core/report/diff_words.hpp"
#include "core/report/findings.hpp"
#include "core/report/gates_json.hpp"
#include "core/report/json_writer.hpp"

#include <fmt/format.h>

namespace crtune::report {

using base::EntryKind;
using model::Difference;
using model::FileDifference;
using model::SizeDifference;
using model::Snapshot;
using model::SnapshotFile;

namespace {

void text_or_null(JsonWriter& json, std::string_view key, const std::string& value) {
  json.key(key);
  if (value.empty()) {
    json.null();
  } else {
    json.text(value);
  }
}

void write_side(JsonWriter& json, std::string_view key, const Snapshot& side) {
  json.key(key).begin_object();
  json.key("name").text(side.name);
  text_or_null(json, "digest", side.digest);
  json.key("is_report").boolean(side.is_report);
  json.key("uncompressed").number(side.uncompressed);
  json.key("compressed").number_or_null(side.compressed);
  json.key("reclaimable").number(side.reclaimable);
  json.key("entries").number(side.entries);
  json.key("layers").number(std::uint64_t{side.layers.size()});
  json.end_object();
}

void write_deploy(JsonWriter& json, const model::Deploy& deploy) {
  json.key("deploy").begin_object();
  json.key("push_bytes").number(deploy.push_bytes);
  json.key("push_is_exact").boolean(deploy.is_known && deploy.uncompressed_layers == 0);
  json.key("push_layers").number(deploy.push_layers);
  json.key("uncompressed_layers").number(deploy.uncompressed_layers);
  json.key("import_bytes").number(deploy.import_bytes);
  json.key("import_layers").number(deploy.import_layers);
  json.key("shared_layers").number(deploy.shared_layers);
  json.key("shared_digests").number(deploy.shared_digests);
  json.end_object();
}

void write_layers(JsonWriter& json, const Comparison& comparison) {
  json.key("layers").begin_array();
  for (const auto& row : comparison.difference.layers) {
    const auto& layer =
        row.after ? comparison.after.layers[*row.after] : comparison.before.layers[*row.before];
    json.begin_object();
    json.key("status").text(!row.before ? "added" : !row.after ? "removed" : "shared");
    json.key("old").number_or_null(row.before);
    json.key("new").number_or_null(row.after);
    json.key("push").boolean(row.must_push);
    text_or_null(json, "diff_id", layer.diff_id);
    text_or_null(json, "digest", layer.digest);
    json.key("size").number(layer.content_bytes);
    json.key("stored_bytes").number(layer.stored_bytes);
    json.key("compression").text(layer.compression);
    text_or_null(json, "instruction", layer.instruction);
    json.end_object();
  }
  json.end_array();
}

void write_counts(JsonWriter& json, std::string_view key, const model::FileCounts& counts) {
  json.key(key).begin_object();
  json.key("added").number(counts.added);
  json.key("removed").number(counts.removed);
  json.key("changed").number(counts.changed);
  json.key("unknown").number(counts.unknown);
  json.end_object();
}

void write_growth(JsonWriter& json, const Difference& difference) {
  json.key("growth").begin_array();
  for (const auto& part : difference.growth) {
    json.begin_object();
    json.key("path").text(difference.paths.text(part.path));
    json.key("type").text(part.is_folder ? "folder" : "file");
    json.key("bytes").signed_number(part.bytes);
    write_counts(json, "files", part.files);
    json.end_object();
  }
  json.end_array();
  json.key("growth_elsewhere").signed_number(difference.elsewhere);
}

void write_file_side(JsonWriter& json, std::string_view key, const Snapshot& side,
                     const std::optional<std::uint32_t>& index) {
  json.key(key);
  if (!index) {
    json.null();
    return;
  }
  const SnapshotFile& file = side.files[*index];
  json.begin_object();
  json.key("type").text(base::kind_word(file.kind));
  json.key("size").number(file.size);
  json.key("layer").number(std::uint64_t{file.content.layer});
  json.key("mode").text(fmt::format("{:04o}", file.mode));
  json.key("uid").number(std::uint64_t{file.uid});
  json.key("gid").number(std::uint64_t{file.gid});
  json.key("mtime").signed_number(file.mtime_seconds);
  if (file.kind == EntryKind::symlink) json.key("link").text(side.link_target(file));
  json.end_object();
}

void write_files(JsonWriter& json, const Comparison& comparison) {
  const Difference& difference = comparison.difference;
  if (!difference.has_files) {
    json.key("file_counts").null().key("files").null();
    return;
  }
  write_counts(json, "file_counts", difference.counts);
  json.key("file_changes").begin_object();
  for (std::size_t i = 0; i < model::kFileChanges.size(); ++i)
    json.key(model::kFileChanges[i].second).number(difference.changes[i]);
  json.end_object();
  json.key("files").begin_array();
  for (const FileDifference& file : difference.files) {
    json.begin_object();
    json.key("path").text(difference.paths.text(file.path));
    json.key("status").text(!file.before        ? "added"
                            : !file.after       ? "removed"
                            : file.changes == 0 ? "unknown"
                                                : "changed");
    json.key("growth").signed_number(file_growth(comparison, file));
    json.key("changed").begin_array();
    for (const auto& [change, word] : model::kFileChanges)
      if ((file.changes & change) != 0) json.text(word);
    json.end_array();
    if (file.content_is_unknown) json.key("content_is_unknown").boolean(true);
    write_file_side(json, "old", comparison.before, file.before);
    write_file_side(json, "new", comparison.after, file.after);
    json.end_object();
  }
  json.end_array();
}

void write_sizes(JsonWriter& json, std::string_view key, const std::vector<SizeDifference>& rows,
                 bool of_modules) {
  json.key(key).begin_array();
  for (const auto& row : rows) {
    json.begin_object();
    if (!of_modules) json.key("kind").text(owner_word(row.kind));
    json.key(of_modules ? "path" : "name").text(row.name);
    if (of_modules) {
      text_or_null(json, "old_version", row.version_before);
      text_or_null(json, "new_version", row.version_after);
    } else {
      text_or_null(json, "module", row.module);
    }
    json.key("old").number_or_null(row.before);
    json.key("new").number_or_null(row.after);
    json.key("growth").signed_number(row.growth());
    json.end_object();
  }
  json.end_array();
}

void write_binary_side(JsonWriter& json, std::string_view key, const Snapshot& side,
                       const std::optional<std::uint32_t>& index) {
  json.key(key);
  if (!index) {
    json.null();
    return;
  }
  const auto& binary = side.binaries[*index];
  json.begin_object().key("path").text(binary.path).key("size").number(binary.size).end_object();
}

void write_binaries(JsonWriter& json, const Comparison& comparison) {
  json.key("binaries").begin_array();
  for (const auto& row : comparison.difference.binaries) {
    json.begin_object();
    write_binary_side(json, "old", comparison.before, row.before);
    write_binary_side(json, "new", comparison.after, row.after);
    json.key("facts").begin_array();
    for (const auto& fact : row.facts)
      json.begin_object()
          .key("name")
          .text(fact.name)
          .key("old")
          .text_or_null(fact.before)
          .key("new")
          .text_or_null(fact.after)
          .end_object();
    json.end_array();
    write_sizes(json, "modules", row.modules, true);
    write_sizes(json, "owners", row.owners, false);
    json.end_object();
  }
  json.end_array();
}

void write_settings(JsonWriter& json, const Difference& difference) {
  json.key("settings").begin_array();
  for (const auto& setting : difference.settings) {
    json.begin_object().key("kind").text(setting_word(setting.kind));
    text_or_null(json, "name", setting.name);
    json.key("status").text(!setting.before ? "added" : !setting.after ? "removed" : "changed");
    json.key("hidden").boolean(setting.hidden);
    json.key("old").text_or_null(setting.before);
    json.key("new").text_or_null(setting.after);
    json.end_object();
  }
  json.end_array();
}

void write_gates(JsonWriter& json, const Difference& difference) {
  json.key("gates").begin_array();
  for (const auto& gate : difference.gates) {
    json.begin_object();
    json.key("name").text(gate.name);
    text_or_null(json, "subject", gate.subject);
    json.key("unit").text(gate.is_bytes ? "bytes" : gate.name == "fail-on" ? "findings" : "percent");
    write_gate_verdict(json, gate);
    json.end_object();
  }
  json.end_array();
  json.key("notes").texts(difference.notes);
}

}  // namespace

std::string diff_json(const Comparison& comparison) {
  const Difference& difference = comparison.difference;
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("schema").text("cloudrun-tune/diff/v1");
  json.key("empty").boolean(difference.is_empty);
  json.key("kind").text(comparison.after.is_executable ? "executable" : "image");
  write_side(json, "old", comparison.before);
  write_side(json, "new", comparison.after);
  json.key("size").begin_object();
  json.key("growth").signed_number(difference.uncompressed);
  json.key("live_growth").signed_number(difference.live);
  json.end_object();
  if (!comparison.after.is_executable) {
    write_deploy(json, difference.deploy);
    write_layers(json, comparison);
    write_growth(json, difference);
    write_files(json, comparison);
    write_settings(json, difference);
  }
  write_binaries(json, comparison);
  // The new ones stand where every command's findings do.
  write_findings(json, difference.new_findings);
  write_findings(json, difference.fixed_findings, "fixed_findings");
  write_findings(json, difference.remaining_findings, "remaining_findings");
  write_gates(json, difference);
  json.end_object();
  return out;
}

}  // namespace crtune::report
