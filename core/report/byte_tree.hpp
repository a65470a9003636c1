// A tree of layers, folders and entries as rows, small enough for a page: the largest subtrees keep their
// rows.
#pragma once

#include "core/model/path_table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace crtune::report {

inline constexpr std::size_t kTreeStates = 5;
inline constexpr std::uint32_t kNoItem = UINT32_MAX;

struct TreeNode {
  std::uint64_t bytes = 0;
  std::uint32_t parent = 0;
  model::PathId path = model::kRootPath;
  char kind = 'd';               // as TreeRow::kind
  std::uint8_t state = 0;        // below kTreeStates
  bool must_fold = false;        // never shown by itself
  std::uint32_t item = kNoItem;  // of the caller's list
};

struct TreeRow {
  // i image, L layer, d folder; f file, l symbolic link, h hard link, c b p devices and pipes, w removal, o
  // opaque folder, D folder as an entry; r what was folded
  char kind = 'f';
  std::uint8_t state = 0;
  std::string name;            // control characters escaped; of images, layers and folded rows: empty
  std::uint64_t bytes = 0;     // of what has children: the sum
  std::uint32_t children = 0;  // which stand together, later; those of earlier rows first
  std::uint64_t entries = 1;   // that a folded row stands for
  std::uint32_t item = kNoItem;
};

struct TreeLimits {
  std::size_t rows = 65'536;        // named ones; folded rows come on top, at most five for each folder
  std::size_t bytes = 4'500'000;    // of the rows as embedded JSON, folded ones included
  std::size_t folders = 1'000'000;  // looked at; entries below others are folded
  std::size_t row_bytes = 16;       // of a row as embedded JSON, besides its name
};

struct FileTree {
  std::vector<TreeRow> rows;  // breadth first; 0 is the whole, then its layers in their order
  std::uint64_t folded_entries = 0;
  std::uint64_t folded_bytes = 0;
};

// Whether rows of this kind hold others.
bool has_children(char kind);

// Collects entries layer by layer, with every folder on their way; parents before children.
class TreeBuilder {
 public:
  TreeBuilder(const model::PathTable& paths, std::size_t max_folders);

  void start_layer();
  // The folder of a path in the current layer, made if it is new.
  void add_folder(model::PathId path) { folder(path); }
  // An entry in the folder `holder` of the current layer.
  void add(model::PathId holder, TreeNode entry);
  // All nodes; what holds others has the sum of their bytes.
  std::vector<TreeNode> take();

 private:
  // Which node stands for a path's folder in a layer.
  struct Place {
    std::uint32_t layer = 0;
    std::uint32_t node = 0;
    bool is_higher = false;  // it is only a folder further up: there are too many
  };

  std::uint32_t push(const TreeNode& node);
  Place folder(model::PathId path);

  const model::PathTable& paths_;
  std::vector<Place> places_;
  std::size_t folders_left_;
  std::vector<TreeNode> nodes_;
  std::vector<model::PathId> way_;
  std::uint32_t layer_ = 0;
  std::uint32_t layer_node_ = 0;
};

// Where the limits do not hold all, the smallest subtrees are folded: each folder then has one row for each
// state that tells exactly how many entries and bytes it stands for, so that every sum stays exact. Linear,
// but for sorting what is kept.
FileTree fold_tree(const model::PathTable& paths, const std::vector<TreeNode>& nodes,
                   const TreeLimits& limits);

}  // namespace crtune::report
