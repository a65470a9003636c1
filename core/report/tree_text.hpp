// The files of an image as a tree or a list, with their sizes.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/report/text_options.hpp"

#include <optional>
#include <string>

namespace crtune::report {

// What of an image's files is to be shown.
struct FileView {
  std::optional<std::size_t> depth;    // as a tree, so many folders deep
  std::optional<std::uint32_t> layer;  // what this layer holds, waste too; else the final file system
  std::string glob;                    // only paths that match

  bool is_wanted() const { return depth || layer || !glob.empty(); }
  // Whether an entry belongs to the view.
  bool shows(std::uint32_t of_layer, model::Fate state, const std::string& path) const;
};

// Needs Analysis::files. A tree where a depth is given, else a list of files, the largest first; of each
// folder and of the list `options.top`.
std::string files_text(const model::Image& image, const model::Analysis& analysis, const FileView& view,
                       const TextOptions& options);

}  // namespace crtune::report
