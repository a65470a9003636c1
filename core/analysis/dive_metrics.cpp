#include "core/analysis/dive_metrics.hpp"

#include "core/analysis/presence_tree.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <unordered_map>

namespace crtune::analysis {

using base::EntryKind;
using model::Image;
using model::kNoPath;
using model::kRootPath;
using model::LayerEntry;
using model::PathId;
using model::PathTable;

namespace {

bool is_whiteout_name(std::string_view name) {
  return name.starts_with(".wh.");
}
bool is_meta_name(std::string_view name) {
  return name.starts_with(".wh..wh.");
}

struct Payload {
  std::uint64_t size = 0;
  bool is_folder = false;
};

// The tree of one layer alone: its entries and their folders.
class LayerTree {
 public:
  explicit LayerTree(const PathTable& paths)
      : paths_(paths), payloads_(paths.size()), stamps_(paths.size()), child_counts_(paths.size()) {}

  void load(const model::Layer& layer) {
    ++stamp_;
    nodes_.clear();
    has_whiteouts_ = false;
    for (const LayerEntry& entry : layer.entries) {
      if (entry.archived_path == kRootPath) continue;
      const PathId meta = first_meta_component(entry.archived_path);
      if (meta != kNoPath) {
        add(paths_.parent(meta));
        continue;
      }
      add(entry.archived_path);
      payloads_[entry.archived_path] = {entry.size, entry.kind == EntryKind::directory};
    }
  }

  // Whether dive's order of visits can make a difference.
  bool order_matters() const { return has_whiteouts_; }

  // Children before their folder, siblings in byte order; without whiteouts in any order that is cheaper.
  const std::vector<PathId>& visit_order() {
    if (order_matters()) sort_nodes();
    return nodes_;
  }
  bool is_leaf(PathId path) const { return child_counts_[path] == 0; }
  const Payload& payload(PathId path) const { return payloads_[path]; }

 private:
  PathId first_meta_component(PathId path) const {
    PathId found = kNoPath;
    for (; path != kRootPath; path = paths_.parent(path))
      if (is_meta_name(paths_.name(path))) found = path;
    return found;
  }

  void add(PathId path) {
    PathId at = path;
    for (; at != kRootPath && stamps_[at] != stamp_; at = paths_.parent(at)) {
      stamps_[at] = stamp_;
      child_counts_[at] = 0;
      payloads_[at] = {};
      nodes_.push_back(at);
      has_whiteouts_ = has_whiteouts_ || is_whiteout_name(paths_.name(at));
    }
    // Each path made above is one more child of its folder.
    for (PathId made = path; made != at; made = paths_.parent(made)) ++child_counts_[paths_.parent(made)];
  }

  void sort_nodes() {
    std::sort(nodes_.begin(), nodes_.end(), [&](PathId a, PathId b) {
      const PathId first = paths_.parent(a);
      const PathId second = paths_.parent(b);
      return first != second ? first < second : paths_.name(a) < paths_.name(b);
    });
    std::unordered_map<PathId, std::size_t> group_begin;  // of each folder: its first child in nodes_
    for (std::size_t i = nodes_.size(); i-- > 0;) group_begin[paths_.parent(nodes_[i])] = i;
    struct Level {
      PathId folder;
      std::size_t next;
    };
    std::vector<Level> stack = {
        {kRootPath, group_begin.contains(kRootPath) ? group_begin[kRootPath] : nodes_.size()}};
    std::vector<PathId> order;
    order.reserve(nodes_.size());
    while (!stack.empty()) {
      Level& level = stack.back();
      if (level.next < nodes_.size() && paths_.parent(nodes_[level.next]) == level.folder) {
        const PathId child = nodes_[level.next++];
        const auto begin = group_begin.find(child);
        stack.push_back({child, begin == group_begin.end() ? nodes_.size() : begin->second});
        continue;
      }
      if (level.folder != kRootPath) order.push_back(level.folder);
      stack.pop_back();
    }
    nodes_ = std::move(order);
  }

  const PathTable& paths_;
  std::vector<Payload> payloads_;
  std::vector<std::uint32_t> stamps_;
  std::vector<std::uint32_t> child_counts_;
  std::vector<PathId> nodes_;
  std::uint32_t stamp_ = 0;
  bool has_whiteouts_ = false;
};

// dive's merge of the layers below the current one.
class StackedTree {
 public:
  explicit StackedTree(const PathTable& paths) : paths_(paths), present_(paths), payloads_(paths.size()) {
    present_.add(kRootPath);
  }

  bool has(PathId path) const { return present_.has(path); }
  bool is_folder(PathId path) const { return payloads_[path].is_folder; }

  void put(PathId path, const Payload& payload) {
    for (PathId at = path; at != kRootPath && !present_.has(at); at = paths_.parent(at)) {
      present_.add(at);
      payloads_[at] = {};
    }
    payloads_[path] = payload;
  }

  void remove(PathId path) {
    if (!present_.has(path)) return;
    std::vector<PathId> stack = {path};
    while (!stack.empty()) {
      const PathId next = stack.back();
      const PathId child = present_.first_child(next);
      if (child == kNoPath) {
        present_.remove(next);
        stack.pop_back();
      } else {
        for (PathId each = child; each != kNoPath; each = present_.next_sibling(each)) stack.push_back(each);
      }
    }
  }

  // The bytes of `path` and all below it. `known` remembers sums of this layer, so that nested removals stay
  // linear.
  std::uint64_t sum(PathId path, std::unordered_map<PathId, std::uint64_t>& known) const {
    std::uint64_t bytes = 0;
    std::vector<PathId> stack = {path};
    while (!stack.empty()) {
      const PathId next = stack.back();
      stack.pop_back();
      if (const auto at = known.find(next); at != known.end()) {
        bytes += at->second;
        continue;
      }
      bytes += payloads_[next].size;
      for (PathId each = present_.first_child(next); each != kNoPath; each = present_.next_sibling(each))
        stack.push_back(each);
    }
    known[path] = bytes;
    return bytes;
  }

 private:
  const PathTable& paths_;
  PresenceTree present_;
  std::vector<Payload> payloads_;
};

// What dive keeps of one path over all layers.
struct Tally {
  std::uint64_t cumulative = 0;
  std::int64_t smallest = -1;
  std::uint32_t count = 0;
};

class DiveWalk {
 public:
  explicit DiveWalk(const PathTable& paths)
      : paths_(paths), tree_(paths), stacked_(paths), tallies_(paths.size()) {}

  void add(const model::Layer& layer, std::size_t index) {
    tree_.load(layer);
    const auto& order = tree_.visit_order();
    // dive's merge starts with a plain copy of the first layer, whiteouts included.
    if (index == 0)
      for (const PathId path : order) stacked_.put(path, tree_.payload(path));
    tally(order);
    for (const PathId path : order) {
      if (is_whiteout(path)) {
        if (const auto target = target_of(path)) stacked_.remove(*target);
      } else {
        stacked_.put(path, tree_.payload(path));
      }
    }
  }

  model::DiveMetrics finish(const Image& image) const {
    model::DiveMetrics metrics;
    std::int64_t smallest = 0;
    std::uint64_t cumulative = 0;
    for (const Tally& tally : tallies_) {
      if (!tally_is_used(tally)) continue;
      smallest += tally.smallest;
      cumulative += tally.cumulative;
      if (tally.count >= 2) metrics.wasted_bytes += tally.cumulative;
    }
    smallest -= failed_keys_;
    if (cumulative > 0) metrics.efficiency = static_cast<double>(smallest) / static_cast<double>(cumulative);
    std::uint64_t user_bytes = 0;
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
      metrics.size_bytes += image.layers[i].content_bytes;
      if (i > 0) user_bytes += image.layers[i].content_bytes;
    }
    const double wasted = static_cast<double>(metrics.wasted_bytes);
    if (user_bytes > 0) {
      metrics.user_wasted_percent = wasted / static_cast<double>(user_bytes);
    } else {
      metrics.user_wasted_percent =
          wasted > 0 ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    }
    return metrics;
  }

 private:
  static bool tally_is_used(const Tally& tally) { return tally.count > 0; }
  bool is_whiteout(PathId path) const { return is_whiteout_name(paths_.name(path)); }
  // The path a whiteout removes, where any layer ever had it or the tally needs it.
  std::optional<PathId> target_of(PathId whiteout) const {
    return paths_.find_child(paths_.parent(whiteout), std::string(paths_.name(whiteout).substr(4)));
  }

  void tally(const std::vector<PathId>& order) {
    std::unordered_map<PathId, std::uint64_t> known_sums;
    for (const PathId path : order) {
      if (!tree_.is_leaf(path)) continue;
      PathId key = path;
      std::uint64_t size = tree_.payload(path).size;
      if (is_whiteout(path)) {
        const auto target = target_of(path);
        if (!target || !stacked_.has(*target)) {
          // dive has made the key by now and leaves its smallest size at -1, then gives up on the layer.
          if (!target || tallies_[*target].count == 0) remember_failed(path, target);
          return;
        }
        key = *target;
        size = stacked_.is_folder(key) ? stacked_.sum(key, known_sums) : 0;
      }
      Tally& tally = tallies_[key];
      tally.cumulative += size;
      if (tally.smallest < 0 || static_cast<std::int64_t>(size) < tally.smallest)
        tally.smallest = static_cast<std::int64_t>(size);
      ++tally.count;
    }
  }

  // A key that only failed counts as -1, once, unless a later layer gives it a size.
  void remember_failed(PathId whiteout, std::optional<PathId> target) {
    failed_.push_back(target.value_or(whiteout));
  }

 public:
  // Counts the keys that never got a size.
  void close() {
    std::sort(failed_.begin(), failed_.end());
    failed_.erase(std::unique(failed_.begin(), failed_.end()), failed_.end());
    for (const PathId key : failed_) failed_keys_ += tallies_[key].count == 0 ? 1 : 0;
  }

 private:
  const PathTable& paths_;
  LayerTree tree_;
  StackedTree stacked_;
  std::vector<Tally> tallies_;
  std::vector<PathId> failed_;
  std::int64_t failed_keys_ = 0;
};

}  // namespace

model::DiveMetrics dive_metrics(const Image& image) {
  DiveWalk walk(image.paths);
  for (std::size_t i = 0; i < image.layers.size(); ++i) walk.add(image.layers[i], i);
  walk.close();
  return walk.finish(image);
}

}  // namespace crtune::analysis
