#include "core/report/byte_tree.hpp"

#include "core/base/escape.hpp"
#include "core/report/script_data.hpp"

#include <algorithm>
#include <array>

namespace crtune::report {

using model::kRootPath;
using model::PathId;

namespace {

using NodeId = std::uint32_t;

struct Folded {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
};

std::string row_name(const model::PathTable& paths, const TreeNode& node) {
  if (node.kind == 'i' || node.kind == 'L') return {};
  if (node.kind == 'o') return ".wh..wh..opq";
  return base::escape_controls(paths.name(node.path));
}

// What a row takes on the page at most, in bytes.
std::size_t row_cost(const model::PathTable& paths, const TreeNode& node, const TreeLimits& limits) {
  constexpr std::size_t kFoldedRow = 32;
  return limits.row_bytes + embedded_size(row_name(paths, node)) +
         (has_children(node.kind) ? kFoldedRow * kTreeStates : 0);
}

// Marks the largest subtrees that fit. A parent holds at least the bytes of its child and stands before it,
// so it is always marked where the child is.
std::vector<char> choose(const model::PathTable& paths, const std::vector<TreeNode>& nodes,
                         const TreeLimits& limits) {
  std::vector<char> kept(nodes.size(), 0);
  std::size_t used = 0;
  std::vector<NodeId> order;
  for (NodeId i = 0; i < nodes.size(); ++i) {
    if (nodes[i].kind == 'i' || nodes[i].kind == 'L') {
      kept[i] = 1;
      used += row_cost(paths, nodes[i], limits);
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
    used += row_cost(paths, nodes[node], limits);
    if (used > limits.bytes) break;
    kept[node] = 1;
  }
  return kept;
}

class TreeRows {
 public:
  TreeRows(const model::PathTable& paths, const std::vector<TreeNode>& nodes, const std::vector<char>& kept)
      : paths_(paths), nodes_(nodes), kept_(kept), places_(nodes.size()) {}

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
      const TreeNode &left = nodes_[a], &right = nodes_[b];
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
      const TreeNode& node = nodes_[i];
      holders[i] = kept_[i] != 0 ? i : holders[node.parent];
      if (kept_[i] != 0 || has_children(node.kind)) continue;
      Folded& sum = folded_[places_[holders[i]]][node.state];
      ++sum.entries;
      sum.bytes += node.bytes;
      ++tree_.folded_entries;
      tree_.folded_bytes += node.bytes;
    }
  }

  void emit(const TreeNode& node) {
    rows_.push_back(tree_.rows.size());
    tree_.rows.push_back({.kind = node.kind,
                          .state = node.state,
                          .name = row_name(paths_, node),
                          .bytes = node.bytes,
                          .item = node.item});
  }

  void emit_folded(const std::array<Folded, kTreeStates>& states) {
    for (std::size_t state = 0; state < kTreeStates; ++state)
      if (states[state].entries > 0)
        tree_.rows.push_back({.kind = 'r',
                              .state = static_cast<std::uint8_t>(state),
                              .name = {},
                              .bytes = states[state].bytes,
                              .entries = states[state].entries});
  }

  const model::PathTable& paths_;
  const std::vector<TreeNode>& nodes_;
  const std::vector<char>& kept_;
  std::vector<std::uint32_t> places_;                    // of each kept node among the kept
  std::vector<NodeId> children_;                         // by parent
  std::vector<std::size_t> begin_;                       // of the children of each place
  std::vector<std::array<Folded, kTreeStates>> folded_;  // of each place
  std::vector<std::size_t> rows_;                        // of each node of the queue
  FileTree tree_;
};

}  // namespace

bool has_children(char kind) {
  return kind == 'd' || kind == 'L' || kind == 'i';
}

TreeBuilder::TreeBuilder(const model::PathTable& paths, std::size_t max_folders)
    : paths_(paths), places_(paths.size()), folders_left_(max_folders) {
  nodes_.push_back({.kind = 'i'});
}

void TreeBuilder::start_layer() {
  ++layer_;
  layer_node_ = push({.parent = 0, .kind = 'L'});
}

void TreeBuilder::add(PathId holder, TreeNode entry) {
  const Place place = folder(holder);
  entry.parent = place.node;
  entry.must_fold = place.is_higher;
  push(entry);
}

std::vector<TreeNode> TreeBuilder::take() {
  for (std::size_t i = nodes_.size(); i-- > 1;) nodes_[nodes_[i].parent].bytes += nodes_[i].bytes;
  return std::move(nodes_);
}

NodeId TreeBuilder::push(const TreeNode& node) {
  nodes_.push_back(node);
  return static_cast<NodeId>(nodes_.size() - 1);
}

TreeBuilder::Place TreeBuilder::folder(PathId path) {
  PathId at = path;
  while (at != kRootPath && places_[at].layer != layer_) {
    way_.push_back(at);
    at = paths_.parent(at);
  }
  Place place = at == kRootPath ? Place{layer_, layer_node_, false} : places_[at];
  for (; !way_.empty(); way_.pop_back()) {
    if (folders_left_ > 0 && !place.is_higher) {
      --folders_left_;
      place.node = push({.parent = place.node, .path = way_.back()});
    } else {
      place.is_higher = true;
    }
    places_[way_.back()] = place;
  }
  return place;
}

FileTree fold_tree(const model::PathTable& paths, const std::vector<TreeNode>& nodes,
                   const TreeLimits& limits) {
  const std::vector<char> kept = choose(paths, nodes, limits);
  return TreeRows(paths, nodes, kept).write();
}

}  // namespace crtune::report
