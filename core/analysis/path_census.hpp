// What the paths of the final file system are there for, counted in one walk, so that no rule walks it again.
#pragma once

#include "core/analysis/content_facts.hpp"
#include "core/analysis/final_tree.hpp"
#include "core/analysis/known_folders.hpp"
#include "core/analysis/known_names.hpp"

#include <array>
#include <string>
#include <vector>

namespace crtune::analysis {

// Files of one kind in one layer. A file is of one kind; a hard link's bytes count where its file's own name
// stands.
struct ClutterTotal {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
  std::uint64_t largest_bytes = 0;
  model::PathId largest = model::kRootPath;
  model::PathId root = model::kRootPath;  // the folder that says what the largest is; or the file itself
};

// What everybody may write to, in one layer.
struct WritableTotal {
  std::uint64_t files = 0;
  std::uint64_t folders = 0;
  model::PathId first = model::kRootPath;
};

class PathCensus {
 public:
  // Linear in paths; a few comparisons of names each.
  PathCensus(const FinalTree& files, const ContentFacts& facts);

  const ClutterTotal& total(Clutter clutter, std::uint32_t layer) const {
    return totals_[layer * kClutters + static_cast<std::size_t>(clutter)];
  }
  // Whether a program of that kind is anywhere in the image.
  bool has(Tool tool) const { return tools_[static_cast<std::size_t>(tool)]; }
  // Executables that run as their owner or group, whoever starts them.
  const std::vector<EntryId>& set_id_files() const { return set_id_files_; }
  const std::vector<WritableTotal>& writable() const { return writable_; }
  // Private host keys of SSH, lists of keys that may log in, and password files.
  const std::vector<EntryId>& login_files() const { return login_files_; }

 private:
  friend class CensusWalk;

  std::vector<ClutterTotal> totals_;
  std::array<bool, kTools> tools_ = {};
  std::vector<EntryId> set_id_files_;
  std::vector<WritableTotal> writable_;
  std::vector<EntryId> login_files_;
};

// The languages that LANG, LANGUAGE and LC_* ask for: "de" of de_DE.UTF-8; sorted. C and POSIX ask for none.
std::vector<std::string> asked_languages(const std::vector<std::string>& environment);

}  // namespace crtune::analysis
