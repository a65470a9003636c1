#include "core/analysis/layer_merger.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::analysis {

using base::EntryKind;
using base::ErrorCode;
using base::Result;
using base::Status;
using model::EntryRole;
using model::kNoPath;
using model::kRootPath;
using model::LayerEntry;
using model::PathId;

namespace {

// A folder that no entry named but that must be there for what lies in it.
constexpr EntryId kImplicit = kNoEntry - 1;
// A few links can make every file's folder a walk of 80,000 steps: all walks along links of one image
// together, and how deep one may lead. Source: docs/limits.md.
constexpr std::uint64_t kMaxLinkSteps = 50'000'000;
constexpr std::uint32_t kMaxLinkedDepth = 1'024;

}  // namespace

LayerMerger::LayerMerger(model::Image& image, MergedTree& tree)
    : image_(image),
      tree_(tree),
      present_(image.paths),
      live_names_(tree.layer_begin.back()),
      last_lost_names_(tree.layer_begin.back(), kNoEntry) {
  grow_tables();
  set_holder(kRootPath, kImplicit);
}

const LayerEntry& LayerMerger::entry(EntryId id) const {
  // Most questions are about the current layer.
  if (id >= layer_begin_ && id < tree_.layer_begin[layer_ + 1])
    return image_.layers[layer_].entries[id - layer_begin_];
  return entry_of(image_, tree_, id);
}

void LayerMerger::grow_tables() {
  holders_.resize(image_.paths.size(), kNoEntry);
  kinds_.resize(image_.paths.size(), PathKind::absent);
  present_.grow();
}

void LayerMerger::set_holder(PathId path, EntryId id) {
  if (holders_.size() < image_.paths.size()) grow_tables();
  present_.add(path);
  holders_[path] = id;
  const EntryKind kind = id == kImplicit ? EntryKind::directory : entry(id).kind;
  kinds_[path] = kind == EntryKind::directory ? PathKind::folder
                 : kind == EntryKind::symlink ? PathKind::symlink
                                              : PathKind::other;
}

bool LayerMerger::stands_without_links(PathId lexical) const {
  for (; lexical != kRootPath; lexical = image_.paths.parent(lexical))
    if (lexical >= kinds_.size() || kinds_[lexical] != PathKind::folder) return false;
  return true;
}

void LayerMerger::remember_loss(PathId path, EntryId by) {
  if (kinds_[path] != PathKind::other) cached_lexical_ = kNoPath;
  if (holders_[path] != kImplicit) losses_.push_back({.lost = holders_[path], .by = by, .path = path});
}

void LayerMerger::clear_children(PathId path, EntryId by) {
  std::vector<PathId> stack;
  for (PathId child = present_.first_child(path); child != kNoPath; child = present_.next_sibling(child))
    stack.push_back(child);
  while (!stack.empty()) {
    const PathId next = stack.back();
    if (const PathId child = present_.first_child(next); child != kNoPath) {
      for (PathId each = child; each != kNoPath; each = present_.next_sibling(each)) stack.push_back(each);
      continue;
    }
    stack.pop_back();
    remember_loss(next, by);
    kinds_[next] = PathKind::absent;
    present_.remove(next);
  }
}

void LayerMerger::clear(PathId path, EntryId by) {
  clear_children(path, by);
  remember_loss(path, by);
  kinds_[path] = PathKind::absent;
  present_.remove(path);
}

Status LayerMerger::count_step(PathId lexical, std::uint32_t depth) {
  if (++link_steps_ <= kMaxLinkSteps && depth <= kMaxLinkedDepth) return {};
  const std::string what = depth > kMaxLinkedDepth
                               ? fmt::format("a path deeper than {} folders", kMaxLinkedDepth)
                               : fmt::format("over {} steps along symbolic links", kMaxLinkSteps);
  return base::fail(
      ErrorCode::limit,
      fmt::format("layer {}: {}, at '{}'", layer_, what, base::one_line(image_.paths.text(lexical), 80)),
      {.file = fmt::format("{}:{}", image_.source, image_.layers[layer_].member)});
}

Result<bool> LayerMerger::go(FolderWalk& walk, PathId lexical, EntryId maker) {
  while (!walk.is_over()) {
    if (walk.through_link()) CRT_TRY(count_step(lexical, walk.depth()));
    const std::string name = walk.step();
    if (name.empty()) continue;
    const auto next = maker == kNoEntry ? image_.paths.find_child(walk.at(), name)
                                        : std::optional(image_.paths.child(walk.at(), name));
    const bool present = next && *next < holders_.size() && present_.has(*next);
    if (present && kinds_[*next] == PathKind::symlink &&
        walk.follow(image_.link_target(entry(holders_[*next]))))
      continue;
    if (!present || !is_folder(*next)) {
      if (maker == kNoEntry) return false;
      if (present) clear(*next, maker);
      set_holder(*next, kImplicit);
    }
    walk.enter(*next);
  }
  return true;
}

Result<std::optional<PathId>> LayerMerger::find_folder(PathId lexical) {
  if (stands_without_links(lexical)) return lexical;
  FolderWalk walk(image_.paths, lexical);
  CRT_ASSIGN(const bool arrived, go(walk, lexical, kNoEntry));
  return arrived ? std::optional(walk.at()) : std::nullopt;
}

Result<PathId> LayerMerger::make_folder(PathId lexical, EntryId by) {
  if (lexical == cached_lexical_) return cached_folder_;
  if (stands_without_links(lexical)) return lexical;
  FolderWalk walk(image_.paths, lexical);
  CRT_TRY(go(walk, lexical, by));
  if (walk.through_link() && ++written_through_links_ == 1)
    first_written_through_ = fmt::format("layer {} writes {} to {}", layer_, image_.paths.text(lexical),
                                         image_.paths.text(walk.at()));
  cached_lexical_ = lexical;
  cached_folder_ = walk.at();
  return walk.at();
}

Status LayerMerger::apply_removal(EntryId id) {
  const LayerEntry& removal = entry(id);
  const bool opaque = removal.role == EntryRole::opaque;
  CRT_ASSIGN(const auto folder, find_folder(opaque ? removal.path : image_.paths.parent(removal.path)));
  tree_.resolved[id] = removal.path;
  if (!folder) {
    dangling_whiteouts_ += opaque ? 0 : 1;
    return {};
  }
  if (opaque) {
    tree_.resolved[id] = *folder;
    clear_children(*folder, id);
    return {};
  }
  const std::string name(image_.paths.name(removal.path));
  const PathId target = image_.paths.child(*folder, name);
  tree_.resolved[id] = target;
  if (target < holders_.size() && present_.has(target)) {
    clear(target, id);
  } else {
    ++dangling_whiteouts_;
  }
  return {};
}

Status LayerMerger::link(EntryId id, bool may_wait) {
  const LayerEntry& from = entry(id);
  const std::string name = model::PathTable::clean(image_.link_target(from));
  const auto refuse = [&](std::string_view what) {
    constexpr std::uint64_t kHeader = 512;
    return base::fail(ErrorCode::invalid,
                      fmt::format("layer {}: '{}' is a hard link to {}", layer_,
                                  base::one_line(image_.paths.text(from.path), 80), what),
                      {.file = fmt::format("{}:{}", image_.source, image_.layers[layer_].member),
                       .offset = from.data_offset - kHeader});
  };
  const PathId lexical = image_.paths.intern(name);
  if (lexical == from.path) return refuse("itself");
  std::optional<PathId> folder = kRootPath;
  if (lexical != kRootPath) {
    CRT_ASSIGN(folder, find_folder(image_.paths.parent(lexical)));
  }
  const auto target = folder && lexical != kRootPath
                          ? image_.paths.find_child(*folder, std::string(image_.paths.name(lexical)))
                          : std::optional(kRootPath);
  if (!folder || !target || *target >= holders_.size() || !present_.has(*target)) {
    if (may_wait) {
      waiting_links_.push_back(id);
    } else {
      ++missing_targets_;
    }
    return {};
  }
  if (is_folder(*target)) return refuse("a folder");
  const EntryId owner = tree_.owners[holders_[*target]];
  if (owner == id) return {};
  tree_.owners[id] = owner;
  if (owner != kNoEntry) ++live_names_[owner];
  return {};
}

Status LayerMerger::place(EntryId id) {
  const LayerEntry& added = entry(id);
  PathId path = kRootPath;
  if (added.path != kRootPath) {
    CRT_ASSIGN(const PathId folder, make_folder(image_.paths.parent(added.path), id));
    path = folder == image_.paths.parent(added.path)
               ? added.path
               : image_.paths.child(folder, std::string(image_.paths.name(added.path)));
  }
  tree_.resolved[id] = path;
  if (added.kind == EntryKind::hardlink) CRT_TRY(link(id, true));
  if (added.kind == EntryKind::file) {
    tree_.owners[id] = id;
    ++live_names_[id];
  }
  if (added.kind == EntryKind::symlink) cached_lexical_ = kNoPath;
  if (path < holders_.size() && present_.has(path)) {
    const bool merges = is_folder(path) && added.kind == EntryKind::directory;
    if (!merges) clear_children(path, id);
    remember_loss(path, id);
  }
  set_holder(path, id);
  return {};
}

Status LayerMerger::apply(std::uint32_t layer) {
  layer_ = layer;
  layer_begin_ = tree_.layer_begin[layer];
  const EntryId end = tree_.layer_begin[layer + 1];
  losses_.clear();
  waiting_links_.clear();
  cached_lexical_ = kNoPath;
  grow_tables();
  // Removals concern the layers below only, wherever they stand in the layer.
  for (EntryId id = layer_begin_; id < end; ++id) {
    const EntryRole role = entry(id).role;
    if (role == EntryRole::whiteout || role == EntryRole::opaque) CRT_TRY(apply_removal(id));
    if (role == EntryRole::bookkeeping) tree_.resolved[id] = entry(id).path;
  }
  for (EntryId id = layer_begin_; id < end; ++id)
    if (entry(id).role == EntryRole::content) CRT_TRY(place(id));
  for (const EntryId id : waiting_links_) CRT_TRY(link(id, false));
  settle_losses();
  return {};
}

EntryOutcome LayerMerger::compare(EntryId lost, EntryId replacement) {
  const LayerEntry& before = entry(lost);
  const LayerEntry& after = entry(replacement);
  const auto outcome = [&](bool same) {
    return EntryOutcome{same ? Fate::metadata_only : Fate::overwritten, replacement};
  };
  const EntryId old_owner = tree_.owners[lost];
  const EntryId new_owner = tree_.owners[replacement];
  if (old_owner != kNoEntry && new_owner != kNoEntry) {
    if (old_owner == new_owner) return outcome(true);
    const auto size = entry(old_owner).size;
    if (size != entry(new_owner).size) return outcome(false);
    if (size > 0) comparisons_.push_back({.lost = lost, .lost_owner = old_owner, .new_owner = new_owner});
    return outcome(true);
  }
  if (before.kind != after.kind) return outcome(false);
  if (before.kind == EntryKind::symlink)
    return outcome(image_.link_target(before) == image_.link_target(after));
  return outcome(before.device == after.device);
}

EntryOutcome LayerMerger::judge(const Loss& loss) {
  const EntryId now = present_.has(loss.path) ? holders_[loss.path] : kNoEntry;
  const bool rewritten_here = now != kNoEntry && now != kImplicit && now >= layer_begin_;
  if (loss.lost >= layer_begin_)
    return rewritten_here ? EntryOutcome{Fate::repeated, now} : EntryOutcome{Fate::deleted, loss.by};
  if (rewritten_here) return compare(loss.lost, now);
  return {now == kImplicit ? Fate::overwritten : Fate::deleted, loss.by};
}

void LayerMerger::settle_losses() {
  for (const Loss& loss : losses_) tree_.names[loss.lost] = judge(loss);
  // A file's bytes end with its last name, in the order in which the layer's entries end them.
  std::stable_sort(losses_.begin(), losses_.end(), [&](const Loss& a, const Loss& b) {
    return tree_.names[a.lost].culprit < tree_.names[b.lost].culprit;
  });
  for (const Loss& loss : losses_) {
    const EntryId owner = tree_.owners[loss.lost];
    if (owner != kNoEntry && --live_names_[owner] == 0) last_lost_names_[owner] = loss.lost;
  }
}

void LayerMerger::add_notes() {
  if (written_through_links_ > 0)
    tree_.notes.push_back(
        fmt::format("files are written through symbolic links ({}); runtimes differ in what they make of it",
                    first_written_through_));
  if (missing_targets_ > 0)
    tree_.notes.push_back(fmt::format("{} hard links lead to files that are not there", missing_targets_));
  if (dangling_whiteouts_ > 0)
    tree_.notes.push_back(fmt::format("{} whiteouts remove nothing", dangling_whiteouts_));
}

}  // namespace crtune::analysis
