// The layers of an image laid over each other, as a container runtime does, and what became of every entry.
// Source: opencontainers/image-spec layer.md, "Applying Changesets". Symbolic links among a path's folders
// are followed inside the root, as umoci does.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"

#include <cstdint>
#include <vector>

namespace crtune::analysis {

// A number for every entry of every layer, in order.
using EntryId = std::uint32_t;
inline constexpr EntryId kNoEntry = UINT32_MAX;

using model::Fate;

struct EntryOutcome {
  Fate fate = Fate::live;
  EntryId culprit = kNoEntry;  // the entry that ended it; for rewritten paths the one that stands there now
};

struct MergedTree {
  std::vector<EntryId> layer_begin;     // the first entry of each layer, and one past the last
  std::vector<model::PathId> resolved;  // of each entry: its path with symbolic links of folders followed
  std::vector<EntryOutcome> names;      // of each entry: what became of the name
  std::vector<EntryOutcome>
      contents;                 // of each file: what became of its bytes, which live while any name does
  std::vector<EntryId> owners;  // of each file and hard link: the file whose bytes it names; else kNoEntry
  std::vector<std::string> notes;

  std::uint32_t layer_of(EntryId entry) const;
  model::EntryRef ref(EntryId entry) const {
    const std::uint32_t layer = layer_of(entry);
    return {layer, entry - layer_begin[layer]};
  }
};

// Merges the layers; asks `contents` which rewritten files have the same content. Adds paths to `image.paths`
// where links are followed. Linear in entries. Errors: invalid (a hard link to itself or to a folder), those
// of `contents`.
base::Result<MergedTree> merge_layers(model::Image& image, model::ContentReader& contents);

// The entry itself.
inline const model::LayerEntry& entry_of(const model::Image& image, const MergedTree& tree, EntryId entry) {
  const auto ref = tree.ref(entry);
  return image.layers[ref.layer].entries[ref.index];
}

}  // namespace crtune::analysis
