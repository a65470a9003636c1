// Which paths of a PathTable exist at a moment, with each folder's children in a list, so that adding and
// removing one is constant work however large its folder is.
#pragma once

#include "core/model/path_table.hpp"

#include <cstdint>
#include <vector>

namespace crtune::analysis {

class PresenceTree {
 public:
  explicit PresenceTree(const model::PathTable& paths) : paths_(paths) { grow(); }

  // Call it after paths were made.
  void grow() { nodes_.resize(paths_.size()); }
  bool has(model::PathId path) const { return nodes_[path].present; }
  model::PathId first_child(model::PathId path) const { return nodes_[path].first_child; }
  model::PathId next_sibling(model::PathId path) const { return nodes_[path].next; }

  // The root has no siblings and is only marked.
  void add(model::PathId path);
  // Its children must be removed before.
  void remove(model::PathId path);

 private:
  struct Node {
    model::PathId first_child = model::kNoPath;
    model::PathId next = model::kNoPath;
    model::PathId previous = model::kNoPath;
    bool present = false;
  };

  const model::PathTable& paths_;
  std::vector<Node> nodes_;
};

}  // namespace crtune::analysis
