// The entries of all layers as one tree of rows: image, layers, folders, entries.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/report/byte_tree.hpp"

#include <vector>

namespace crtune::report {

// `files` is Analysis::files; a row's state is its model::Fate. Linear in entries and in folders of each
// layer, but for sorting what is kept (fold_tree).
FileTree build_file_tree(const model::Image& image, const std::vector<std::vector<model::FileState>>& files,
                         const TreeLimits& limits = {});

}  // namespace crtune::report
