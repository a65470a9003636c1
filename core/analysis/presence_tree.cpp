#include "core/analysis/presence_tree.hpp"

namespace crtune::analysis {

using model::kNoPath;
using model::kRootPath;
using model::PathId;

void PresenceTree::add(PathId path) {
  Node& node = nodes_[path];
  if (node.present) return;
  node.present = true;
  if (path == kRootPath) return;
  PathId& head = nodes_[paths_.parent(path)].first_child;
  node.previous = kNoPath;
  node.next = head;
  if (head != kNoPath) nodes_[head].previous = path;
  head = path;
}

void PresenceTree::remove(PathId path) {
  Node& node = nodes_[path];
  if (!node.present) return;
  node.present = false;
  if (path == kRootPath) return;
  if (node.previous != kNoPath) {
    nodes_[node.previous].next = node.next;
  } else {
    nodes_[paths_.parent(path)].first_child = node.next;
  }
  if (node.next != kNoPath) nodes_[node.next].previous = node.previous;
  node.next = node.previous = kNoPath;
}

}  // namespace crtune::analysis
