// The work behind merge_layers: the state of the tree while layer after layer is laid over it.
#pragma once

#include "core/analysis/folder_walk.hpp"
#include "core/analysis/merge.hpp"
#include "core/analysis/presence_tree.hpp"

#include <optional>
#include <string>
#include <vector>

namespace crtune::analysis {

// A rewritten file whose content may be the same: decided once all layers are merged.
struct PendingComparison {
  EntryId lost = kNoEntry;
  EntryId lost_owner = kNoEntry;
  EntryId new_owner = kNoEntry;
};

class LayerMerger {
 public:
  LayerMerger(model::Image& image, MergedTree& tree);

  // Lays one layer over those before. Errors: invalid.
  base::Status apply(std::uint32_t layer);

  const std::vector<PendingComparison>& comparisons() const { return comparisons_; }
  // Of each file: the name whose loss ended its content.
  const std::vector<EntryId>& last_lost_names() const { return last_lost_names_; }
  // Adds notes on what runtimes treat differently.
  void add_notes();

 private:
  struct Loss {
    EntryId lost = kNoEntry;
    EntryId by = kNoEntry;
    model::PathId path = model::kRootPath;
  };

  const model::LayerEntry& entry(EntryId id) const;
  bool is_folder(model::PathId path) const { return kinds_[path] == PathKind::folder; }
  bool stands_without_links(model::PathId lexical) const;
  void set_holder(model::PathId path, EntryId id);
  void grow_tables();
  void clear(model::PathId path, EntryId by);
  void clear_children(model::PathId path, EntryId by);
  void remember_loss(model::PathId path, EntryId by);

  // The folder behind `lexical`, links followed; nothing where it does not exist. Errors: limit.
  base::Result<std::optional<model::PathId>> find_folder(model::PathId lexical);
  // The same, making folders where they are missing and replacing files that stand in the way. Errors: limit.
  base::Result<model::PathId> make_folder(model::PathId lexical, EntryId by);
  // Walks to the end, making what is missing; where `maker` is kNoEntry, whether the end is there. Errors:
  // limit.
  base::Result<bool> go(FolderWalk& walk, model::PathId lexical, EntryId maker);
  // One more step of a walk along links, `depth` folders below the root. Errors: limit.
  base::Status count_step(model::PathId lexical, std::uint32_t depth);

  base::Status apply_removal(EntryId id);
  base::Status place(EntryId id);
  base::Status link(EntryId id, bool may_wait);
  void settle_losses();
  EntryOutcome judge(const Loss& loss);
  EntryOutcome compare(EntryId lost, EntryId replacement);

  model::Image& image_;
  MergedTree& tree_;
  PresenceTree present_;
  enum class PathKind : std::uint8_t { absent, folder, symlink, other };

  std::vector<EntryId> holders_;           // of each path that is present: its entry, or kImplicit
  std::vector<PathKind> kinds_;            // of each path
  std::vector<std::uint32_t> live_names_;  // of each file
  std::vector<EntryId> last_lost_names_;
  std::vector<PendingComparison> comparisons_;
  std::vector<Loss> losses_;            // of the current layer
  std::vector<EntryId> waiting_links_;  // hard links before their target
  EntryId layer_begin_ = 0;
  std::uint32_t layer_ = 0;
  model::PathId cached_lexical_ = model::kNoPath;
  model::PathId cached_folder_ = model::kNoPath;
  std::uint64_t link_steps_ = 0;
  std::uint64_t written_through_links_ = 0;
  std::string first_written_through_;
  std::uint64_t missing_targets_ = 0;
  std::uint64_t dangling_whiteouts_ = 0;
};

}  // namespace crtune::analysis
