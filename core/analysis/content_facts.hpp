// What is known of the contents of an image's files, by entry.
#pragma once

#include "core/analysis/merge.hpp"

#include <span>
#include <unordered_map>
#include <vector>

namespace crtune::analysis {

class ContentFacts {
 public:
  // Takes the facts that were found while the layers passed.
  ContentFacts(model::Image& image, const MergedTree& tree);

  // Of a file (not a hard link to it); nullptr where nothing was looked at or nothing was to be told.
  const model::FileFacts* of(EntryId file) const;
  const model::Binary* binary(EntryId file) const;
  // The binary with its owners, which are gone from here then: of an image with many executables they are
  // most of what is known, and too much to copy. Of a file that has one.
  model::Binary take_divided(EntryId file);
  // The whole text of a small file that rules look into; empty where it is not there.
  std::string_view text(EntryId file) const;

  // Looks at those of `files` that were not looked at yet. Errors: those of `contents`.
  base::Status inspect(std::span<const EntryId> files, const model::Image& image, const MergedTree& tree,
                       model::ContentReader& contents, const model::FileInspector& inspector);

  // All files with facts, in the order of layers and entries.
  const std::vector<EntryId>& files() const { return order_; }

 private:
  std::unordered_map<EntryId, model::FileFacts> facts_;
  std::vector<EntryId> order_;
};

}  // namespace crtune::analysis
