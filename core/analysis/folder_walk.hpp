// The way from the root to a folder: names one after another, ".." and symbolic links followed inside the
// root.
#pragma once

#include "core/model/path_table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::analysis {

class FolderWalk {
 public:
  FolderWalk(const model::PathTable& paths, model::PathId lexical);

  bool is_over() const { return names_.empty(); }
  // The next name below at(); ".." is gone up and gives "".
  std::string step();
  // The name of the last step is that folder.
  void enter(model::PathId folder);
  // The name of the last step is a link to `target`. False where it is one link more than Linux follows.
  bool follow(std::string_view target);

  model::PathId at() const { return at_; }
  // How many folders below the root at() is.
  std::uint32_t depth() const { return depth_; }
  bool through_link() const { return hops_ > 0; }

 private:
  const model::PathTable& paths_;
  std::vector<std::string> names_;  // still to go, the next one last
  model::PathId at_ = model::kRootPath;
  std::uint32_t depth_ = 0;
  int hops_ = 0;
};

}  // namespace crtune::analysis
