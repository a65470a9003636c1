// The entries of all layers as one tree of rows, small enough for a page: image, layers, folders, entries.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace crtune::report {

struct TreeRow {
  // i image, L layer, d folder; f file, l symbolic link, h hard link, c b p devices and pipes, w removal, o
  // opaque folder; r what was folded
  char kind = 'f';
  model::Fate state = model::Fate::live;
  std::string name;            // control characters escaped; of images, layers and folded rows: empty
  std::uint64_t bytes = 0;     // of content; of what has children: the sum
  std::uint32_t children = 0;  // which stand together, later; those of earlier rows first
  std::uint64_t entries = 1;   // that a folded row stands for
};

struct TreeLimits {
  std::size_t rows = 65'536;        // named ones; folded rows come on top, at most five for each folder
  std::size_t bytes = 4'500'000;    // of the rows as embedded JSON, folded ones included
  std::size_t folders = 1'000'000;  // looked at; entries below others are folded
};

struct FileTree {
  std::vector<TreeRow> rows;  // breadth first; 0 is the image, then its layers from the base up
  std::uint64_t folded_entries = 0;
  std::uint64_t folded_bytes = 0;
};

// `files` is Analysis::files. Where the limits do not hold all, the smallest subtrees are folded: each folder
// then has one row for each state that tells exactly how many entries and bytes it stands for, so that every
// sum stays exact. Linear in entries and in folders of each layer, but for sorting what is kept.
FileTree build_file_tree(const model::Image& image, const std::vector<std::vector<model::FileState>>& files,
                         const TreeLimits& limits = {});

}  // namespace crtune::report
