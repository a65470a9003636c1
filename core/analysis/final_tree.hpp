// The file system that a container sees: the merged layers as one tree that can be asked.
#pragma once

#include "core/analysis/merge.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace crtune::analysis {

class FinalTree {
 public:
  FinalTree(const model::Image& image, const MergedTree& tree);

  // The entry that stands at a path without looking at links; nothing for folders that no layer lists.
  EntryId holder(model::PathId path) const { return path < holders_.size() ? holders_[path] : kNoEntry; }
  // Whether something stands at the path: an entry, or something below it.
  bool exists(model::PathId path) const {
    return path == model::kRootPath || (path < present_.size() && present_[path]);
  }
  // The path behind `path` (absolute, or relative to the root), symbolic links followed inside the image, at
  // most 40. Nothing where it leads nowhere.
  std::optional<model::PathId> resolve(std::string_view path) const;
  // The file whose content an entry names: itself, or what a hard link links to; kNoEntry for others.
  EntryId file_of(EntryId entry) const { return tree_.owners[entry]; }
  // The regular file behind a path, links of both kinds followed; kNoEntry where there is none.
  EntryId file_at(std::string_view path) const;
  const model::LayerEntry& entry(EntryId id) const { return entry_of(image_, tree_, id); }
  std::uint32_t layer_of(EntryId id) const { return tree_.layer_of(id); }
  model::PathId path_of(EntryId id) const { return tree_.resolved[id]; }

  // Calls `visit(path, entry)` for every entry of the final file system, parents before what is in them, in a
  // stable order.
  void each(const std::function<void(model::PathId, EntryId)>& visit) const;
  // The same for what lies directly in a folder.
  void children(model::PathId folder, const std::function<void(model::PathId)>& visit) const;

  const model::Image& image() const { return image_; }
  const MergedTree& tree() const { return tree_; }

 private:
  const model::Image& image_;
  const MergedTree& tree_;
  std::vector<EntryId> holders_;
  std::vector<bool> present_;
};

}  // namespace crtune::analysis
