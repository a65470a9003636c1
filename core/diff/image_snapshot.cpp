#include "core/diff/image_snapshot.hpp"

#include <vector>

namespace crtune::diff {

using base::EntryKind;
using model::Analysis;
using model::EntryRef;
using model::Image;
using model::Snapshot;
using model::SnapshotFile;

namespace {

const model::LayerEntry& entry_of(const Image& image, EntryRef ref) {
  return image.layers[ref.layer].entries[ref.index];
}

void add_layers(const Image& image, const Analysis& analysis, Snapshot& out) {
  for (std::size_t i = 0; i < image.layers.size(); ++i) {
    const auto& layer = image.layers[i];
    out.layers.push_back({.diff_id = layer.diff_id.text(),
                          .digest = layer.digest.text(),
                          .compression = layer.compression,
                          .stored_bytes = layer.stored_bytes,
                          .tar_bytes = layer.tar_bytes,
                          .content_bytes = layer.content_bytes,
                          .entries = layer.entries.size(),
                          .instruction = analysis.layers[i].instruction,
                          .base = analysis.layers[i].base});
  }
}

SnapshotFile file_of(const Image& image, const model::FileState& state, EntryRef own) {
  // A hard link has the attributes of what it names.
  const model::LayerEntry& entry = entry_of(image, state.content);
  const bool is_file = entry.kind == EntryKind::file;
  SnapshotFile file = {.size = is_file ? entry.size : 0,
                       .counted = state.content == own && is_file ? entry.size : 0,
                       .mtime_seconds = entry.mtime_seconds,
                       .xattr_hash = entry.xattr_hash,
                       .device = entry.device,
                       .path = state.path,
                       .content = state.content,
                       .link_offset = 0,
                       .link_size = 0,
                       .uid = entry.uid,
                       .gid = entry.gid,
                       .mtime_nanoseconds = entry.mtime_nanoseconds,
                       .mode = entry.mode,
                       .kind = entry.kind};
  if (entry.kind == EntryKind::symlink) {
    file.link_offset = entry.link_offset;
    file.link_size = entry.link_size;
  }
  return file;
}

void add_files(const Image& image, const std::vector<std::vector<model::FileState>>& layers, Snapshot& out) {
  out.has_files = true;
  out.paths = image.paths;
  out.link_targets = image.link_targets;
  // A file whose own name is gone is counted by the first of its names that is left.
  std::vector<std::vector<char>> counted(layers.size());
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    counted[layer].resize(layers[layer].size());
    for (std::size_t i = 0; i < layers[layer].size(); ++i)
      counted[layer][i] = layers[layer][i].present ? 1 : 0;
  }
  for (std::uint32_t layer = 0; layer < layers.size(); ++layer) {
    for (std::uint32_t i = 0; i < layers[layer].size(); ++i) {
      const auto& state = layers[layer][i];
      if (!state.present) continue;
      SnapshotFile file = file_of(image, state, {layer, i});
      char& is_counted = counted[state.content.layer][state.content.index];
      if (is_counted == 0) file.counted = file.size;
      is_counted = 1;
      out.files.push_back(file);
    }
  }
}

}  // namespace

Snapshot snapshot_of(const Image& image, const Analysis& analysis) {
  Snapshot out;
  out.name = image.names.empty() ? image.source : image.names.front();
  out.digest = image.digest.text();
  out.is_executable = analysis.is_executable;
  out.deep = analysis.scope.deep;
  out.uncompressed = analysis.uncompressed;
  out.compressed = analysis.compressed;
  out.reclaimable = analysis.reclaimable();
  out.entries = analysis.entries;
  out.settings = analysis.settings;
  out.findings = analysis.findings;
  for (const auto& row : analysis.binaries)
    out.binaries.push_back(
        {analysis.is_executable ? image.source : image.paths.text(row.path), row.size, row.binary});
  if (analysis.is_executable) return out;
  add_layers(image, analysis, out);
  if (analysis.files) add_files(image, *analysis.files, out);
  return out;
}

}  // namespace crtune::diff
