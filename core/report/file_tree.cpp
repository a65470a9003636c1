#include "core/report/file_tree.hpp"

#include <algorithm>

namespace crtune::report {

using base::EntryKind;
using model::EntryRole;
using model::Fate;
using model::kRootPath;
using model::LayerEntry;
using model::PathId;

namespace {

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

void add_entry(TreeBuilder& tree, const model::PathTable& paths, const LayerEntry& entry,
               const model::FileState& file) {
  const char kind = kind_letter(entry);
  const PathId path = file.path < paths.size() ? file.path : kRootPath;
  // What is no file has no content by rights; where a header claims some, the analysis counts it as live.
  const Fate state = kind != 'f' && entry.size > 0 ? Fate::live : file.state;
  if (kind == 'd' && entry.size == 0) {
    tree.add_folder(path);
    return;
  }
  const PathId holder = kind == 'o' || path == kRootPath ? path : paths.parent(path);
  tree.add(holder, {.bytes = entry.size,
                    .path = path,
                    .kind = kind == 'd' ? 'f' : kind,
                    .state = static_cast<std::uint8_t>(state)});
}

}  // namespace

FileTree build_file_tree(const model::Image& image, const std::vector<std::vector<model::FileState>>& files,
                         const TreeLimits& limits) {
  TreeBuilder tree(image.paths, limits.folders);
  for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
    tree.start_layer();
    const std::size_t count =
        layer < files.size() ? std::min(files[layer].size(), image.layers[layer].entries.size()) : 0;
    for (std::size_t i = 0; i < count; ++i)
      add_entry(tree, image.paths, image.layers[layer].entries[i], files[layer][i]);
  }
  return fold_tree(image.paths, tree.take(), limits);
}

}  // namespace crtune::report
