#include "core/report/file_tree.hpp"

#include "core/base/escape.hpp"
#include "core/report/script_data.hpp"

#include <algorithm>
#include <array>

namespace crtune::report {

using base::EntryKind;
using model::EntryRole;
using model::Fate;
using model::kRootPath;
using model::LayerEntry;
using model::PathId;

namespace {

using NodeId = std::uint32_t;
constexpr std::size_t kStates = 5;

struct Node {
  std::uint64_t bytes = 0;
  NodeId parent = 0;
  PathId path = kRootPath;
  char kind = 'd';
  Fate state = Fate::live;
  bool must_fold = false;
};

struct Folded {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
};

char kind_letter(const LayerEntry& entry) {
  switch (entry.role) {
    case EntryRole::opaque: return 'o';
    case EntryRole::whiteout:
    case EntryRole::bookkeeping: return 'w';
    case EntryRole::content: break;
  }
  switch (entry.kind) {
    case EntryKind::file: break;
    case EntryKind::directory: return 'd';
    case EntryKind::symlink: return 'l';
    case EntryKind::hardlink: return 'h';
    case EntryKind::char_device: return 'c';
    case EntryKind::block_device: return 'b';
    case EntryKind::fifo: return 'p';
  }
  return 'f';
}

bool has_children(char kind) {
  return kind == 'd' || kind == 'L' || kind == 'i';
}

// Every entry and every folder on its way, parents before children.
class NodeList {
 public:
  NodeList(const model::Image& image, std::size_t max_folders)
      : paths_(image.paths), places_(paths_.size()), folders_left_(max_folders) {
    nodes_.push_back({.kind = 'i'});
  }

  void start_layer() {
    ++layer_;
    layer_node_ = add({.parent = 0, .kind = 'L'});
  }

  void add_entry(const LayerEntry& entry, const model::FileState& file) {
    const char kind = kind_letter(entry);
    const PathId path = file.path < places_.size() ? file.path : kRootPath;
    // What is no file has no content by rights; where a header claims some, the analysis counts it as live.
    const bool is_file = kind == 'f';
    const Fate state = !is_file && entry.size > 0 ? Fate::live : file.state;
    if (kind == 'd' && entry.size == 0) {
      folder(path);
      return;
    }
    const PathId holder = kind == 'o' || path == kRootPath ? path : paths_.parent(path);
    const Place place = folder(holder);
    add({.bytes = entry.size,
         .parent = place.node,
         .path = path,
         .kind = kind == 'd' ? 'f' : kind,
         .state = state,
         .must_fold = place.is_higher});
  }

  std::vector<Node> take() {
    for (std::size_t i = nodes_.size(); i-- > 1;) nodes_[nodes_[i].parent].bytes += nodes_[i].bytes;
    return std::move(nodes_);
  }

 private:
  // Which node stands for a path's folder in a layer.
  struct Place {
    std::uint32_t layer = 0;
    NodeId node = 0;
    bool is_higher = false;  // it is only a folder further up: there are too many
  };

  NodeId add(const Node& node) {
    nodes_.push_back(node);
    return static_cast<NodeId>(nodes_.size() - 1);
  }

  Place folder(PathId path) {
    PathId at = path;
    while (at != kRootPath && places_[at].layer != layer_) {
      way_.push_back(at);
      at = paths_.parent(at);
    }
    Place place = at == kRootPath ? Place{layer_, layer_node_, false} : places_[at];
    for (; !way_.empty(); way_.pop_back()) {
      if (folders_left_ > 0 && !place.is_higher) {
        --folders_left_;
        place.node = add({.parent = place.node, .path = way_.back()});
      } else {
        place.is_higher = true;
      }
      places_[way_.back()] = place;
    }
    return place;
  }

  const model::PathTable& paths_;
  std::vector<Place> places_;
  std::size_t folders_left_;
  std::vector<Node> nodes_;
  std::vector<PathId> way_;
  std::uint32_t layer_ = 0;
  NodeId layer_node_ = 0;
};

std::string row_name(const model::Image& image, const Node& node) {
  if (node.kind == 'i' || node.kind == 'L') return {};
  if (node.kind == 'o') return ".wh..wh..opq";
  return base::escape_controls(image.paths.name(node.path));
}

// What a row takes on the page at most, in bytes.
std::size_t row_cost(const model::Image& image, const Node& node) {
  constexpr std::size_t kColumns = 16;
  constexpr std::size_t kFoldedRow = 32;
  return kColumns + embedded_size(row_name(image, node)) +
         (has_children(node.kind) ? kFoldedRow * kStates : 0);
}

// Marks the largest subtrees that fit. A parent holds at least the bytes of its child and stands before it,
// so it is always marked where the child is.
std::vector<char> choose(const model::Image& image, const std::vector<Node>& nodes,
                         const TreeLimits& limits) {
  std::vector<char> kept(nodes.size(), 0);
  std::size_t used = 0;
  std::vector<NodeId> order;
  for (NodeId i = 0; i < nodes.size(); ++i) {
    if (nodes[i].kind == 'i' || nodes[i].kind == 'L') {
      kept[i] = 1;
      used += row_cost(image, nodes[i]);
    } else if (!nodes[i].must_fold) {
      order.push_back(i);
    }
  }
  const auto is_larger = [&](NodeId a, NodeId b) {
    return nodes[a].bytes != nodes[b].bytes ? nodes[a].bytes > nodes[b].bytes : a < b;
  };
  if (order.size() > limits.rows) {
    std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(limits.rows), order.end(),
                     is_larger);
    order.resize(limits.rows);
  }
  std::sort(order.begin(), order.end(), is_larger);
  for (const NodeId node : order) {
    used += row_cost(image, nodes[node]);
    if (used > limits.bytes) break;
    kept[node] = 1;
  }
  return kept;
}

class TreeRows {
 public:
  TreeRows(const model::Image& image, const std::vector<Node>& nodes, const std::vector<char>& kept)
      : image_(image), nodes_(nodes), kept_(kept), places_(nodes.size()) {}

  FileTree write() {
    list_children();
    fold();
    std::vector<NodeId> queue = {0};
    emit(nodes_[0]);
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const NodeId parent = queue[at];
      if (!has_children(nodes_[parent].kind)) continue;
      TreeRow& row = tree_.rows[rows_[at]];
      row.children = static_cast<std::uint32_t>(begin_[places_[parent] + 1] - begin_[places_[parent]]);
      for (const auto& folded : folded_[places_[parent]]) row.children += folded.entries > 0 ? 1U : 0U;
      for (std::size_t i = begin_[places_[parent]]; i < begin_[places_[parent] + 1]; ++i) {
        queue.push_back(children_[i]);
        emit(nodes_[children_[i]]);
      }
      emit_folded(folded_[places_[parent]]);
    }
    return std::move(tree_);
  }

 private:
  // The kept children of each kept node, the largest first; layers in their order.
  void list_children() {
    std::uint32_t count = 0;
    for (NodeId i = 0; i < nodes_.size(); ++i) {
      if (kept_[i] == 0) continue;
      places_[i] = count++;
      if (i > 0) children_.push_back(i);
    }
    std::sort(children_.begin(), children_.end(), [&](NodeId a, NodeId b) {
      const Node &left = nodes_[a], &right = nodes_[b];
      if (left.parent != right.parent) return left.parent < right.parent;
      return left.bytes != right.bytes && left.kind != 'L' ? left.bytes > right.bytes : a < b;
    });
    begin_.assign(count + 1, 0);
    for (const NodeId child : children_) ++begin_[places_[nodes_[child].parent] + 1];
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    folded_.resize(count);
  }

  // What is not kept is counted in the nearest folder that is.
  void fold() {
    std::vector<NodeId> holders(nodes_.size());
    for (NodeId i = 1; i < nodes_.size(); ++i) {
      const Node& node = nodes_[i];
      holders[i] = kept_[i] != 0 ? i : holders[node.parent];
      if (kept_[i] != 0 || has_children(node.kind)) continue;
      Folded& sum = folded_[places_[holders[i]]][static_cast<std::size_t>(node.state)];
      ++sum.entries;
      sum.bytes += node.bytes;
      ++tree_.folded_entries;
      tree_.folded_bytes += node.bytes;
    }
  }

  void emit(const Node& node) {
    rows_.push_back(tree_.rows.size());
    tree_.rows.push_back(
        {.kind = node.kind, .state = node.state, .name = row_name(image_, node), .bytes = node.bytes});
  }

  void emit_folded(const std::array<Folded, kStates>& states) {
    for (std::size_t state = 0; state < kStates; ++state)
      if (states[state].entries > 0)
        tree_.rows.push_back({.kind = 'r',
                              .state = static_cast<Fate>(state),
                              .name = {},
                              .bytes = states[state].bytes,
                              .entries = states[state].entries});
  }

  const model::Image& image_;
  const std::vector<Node>& nodes_;
  const std::vector<char>& kept_;
  std::vector<std::uint32_t> places_;                // of each kept node among the kept
  std::vector<NodeId> children_;                     // by parent
  std::vector<std::size_t> begin_;                   // of the children of each place
  std::vector<std::array<Folded, kStates>> folded_;  // of each place
  std::vector<std::size_t> rows_;                    // of each node of the queue
  FileTree tree_;
};

}  // namespace

FileTree build_file_tree(const model::Image& image, const std::vector<std::vector<model::FileState>>& files,
                         const TreeLimits& limits) {
  NodeList list(image, limits.folders);
  for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
    list.start_layer();
    const std::size_t count =
        layer < files.size() ? std::min(files[layer].size(), image.layers[layer].entries.size()) : 0;
    for (std::size_t i = 0; i < count; ++i) list.add_entry(image.layers[layer].entries[i], files[layer][i]);
  }
  const std::vector<Node> nodes = list.take();
  const std::vector<char> kept = choose(image, nodes, limits);
  return TreeRows(image, nodes, kept).write();
}

}  // namespace crtune::report
