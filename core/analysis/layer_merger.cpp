#include "core/analysis/layer_merger.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::analysis {

using base::EntryKind;
using base::ErrorCode;
using base::Status;
using model::EntryRole;
using model::kNoPath;
using model::kRootPath;
using model::LayerEntry;
using model::PathId;

namespace {

// A folder that no entry named but that must be there for what lies in it.
constexpr EntryId kImplicit = kNoEntry - 1;
// As many links as Linux follows in one path (MAXSYMLINKS).
constexpr int kMaxHops = 40;

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

std::vector<std::string> LayerMerger::components(PathId path) const {
  std::vector<std::string> stack;
  for (; path != kRootPath; path = image_.paths.parent(path)) stack.emplace_back(image_.paths.name(path));
  return stack;
}

void LayerMerger::push_target(std::string_view target, std::vector<std::string>& stack) {
  while (!target.empty()) {
    const auto slash = target.rfind('/');
    const auto component = slash == std::string_view::npos ? target : target.substr(slash + 1);
    if (!component.empty() && component != ".") stack.emplace_back(component);
    target = slash == std::string_view::npos ? std::string_view() : target.substr(0, slash);
  }
}

std::optional<PathId> LayerMerger::find_folder(PathId lexical) {
  if (stands_without_links(lexical)) return lexical;
  std::vector<std::string> stack = components(lexical);
  PathId at = kRootPath;
  for (int hops = 0; !stack.empty();) {
    const std::string name = std::move(stack.back());
    stack.pop_back();
    if (name == "..") {
      at = at == kRootPath ? kRootPath : image_.paths.parent(at);
      continue;
    }
    const auto next = image_.paths.find_child(at, name);
    if (!next || *next >= holders_.size() || !present_.has(*next)) return std::nullopt;
    if (is_folder(*next)) {
      at = *next;
      continue;
    }
    const LayerEntry& stands = entry(holders_[*next]);
    if (stands.kind != EntryKind::symlink || ++hops > kMaxHops) return std::nullopt;
    const auto target = image_.link_target(stands);
    if (target.starts_with('/')) at = kRootPath;
    push_target(target, stack);
  }
  return at;
}

PathId LayerMerger::make_folder(PathId lexical, EntryId by) {
  if (lexical == cached_lexical_) return cached_folder_;
  if (stands_without_links(lexical)) return lexical;
  std::vector<std::string> stack = components(lexical);
  PathId at = kRootPath;
  bool through_link = false;
  for (int hops = 0; !stack.empty();) {
    const std::string name = std::move(stack.back());
    stack.pop_back();
    if (name == "..") {
      at = at == kRootPath ? kRootPath : image_.paths.parent(at);
      continue;
    }
    const PathId next = image_.paths.child(at, name);
    if (next >= holders_.size() || !present_.has(next)) {
      set_holder(next, kImplicit);
    } else if (!is_folder(next)) {
      const LayerEntry& stands = entry(holders_[next]);
      if (stands.kind == EntryKind::symlink && ++hops <= kMaxHops) {
        const auto target = image_.link_target(stands);
        if (target.starts_with('/')) at = kRootPath;
        push_target(target, stack);
        through_link = true;
        continue;
      }
      clear(next, by);
      set_holder(next, kImplicit);
    }
    at = next;
  }
  if (through_link && ++written_through_links_ == 1)
    first_written_through_ =
        fmt::format("layer {} writes {} to {}", layer_, image_.paths.text(lexical), image_.paths.text(at));
  cached_lexical_ = lexical;
  cached_folder_ = at;
  return at;
}

void LayerMerger::apply_removal(EntryId id) {
  const LayerEntry& removal = entry(id);
  const bool opaque = removal.role == EntryRole::opaque;
  const auto folder = find_folder(opaque ? removal.path : image_.paths.parent(removal.path));
  tree_.resolved[id] = removal.path;
  if (!folder) {
    dangling_whiteouts_ += opaque ? 0 : 1;
    return;
  }
  if (opaque) {
    tree_.resolved[id] = *folder;
    clear_children(*folder, id);
    return;
  }
  const std::string name(image_.paths.name(removal.path));
  const PathId target = image_.paths.child(*folder, name);
  tree_.resolved[id] = target;
  if (target < holders_.size() && present_.has(target)) {
    clear(target, id);
  } else {
    ++dangling_whiteouts_;
  }
}

Status LayerMerger::link(EntryId id, bool may_wait) {
  const LayerEntry& from = entry(id);
  const std::string name = model::PathTable::clean(image_.link_target(from));
  const auto refuse = [&](std::string_view what) {
    return base::fail(ErrorCode::invalid,
                      fmt::format("layer {}: '{}' is a hard link to {}", layer_,
                                  base::escape_controls(image_.paths.text(from.path)), what),
                      {.file = image_.source});
  };
  const PathId lexical = image_.paths.intern(name);
  if (lexical == from.path) return refuse("itself");
  const auto folder =
      lexical == kRootPath ? std::optional(kRootPath) : find_folder(image_.paths.parent(lexical));
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
    const PathId folder = make_folder(image_.paths.parent(added.path), id);
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
    if (role == EntryRole::whiteout || role == EntryRole::opaque) apply_removal(id);
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
