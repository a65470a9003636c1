#include "core/analysis/merge.hpp"

#include "core/analysis/layer_merger.hpp"

#include <algorithm>

namespace crtune::analysis {

using base::Result;

std::uint32_t MergedTree::layer_of(EntryId entry) const {
  const auto after = std::upper_bound(layer_begin.begin(), layer_begin.end(), entry);
  return static_cast<std::uint32_t>(after - layer_begin.begin() - 1);
}

namespace {

base::Status decide_comparisons(const model::Image& image, const LayerMerger& merger,
                                model::ContentReader& contents, MergedTree& tree) {
  std::vector<model::ContentPair> pairs;
  pairs.reserve(merger.comparisons().size());
  for (const auto& pending : merger.comparisons())
    pairs.push_back({tree.ref(pending.lost_owner), tree.ref(pending.new_owner)});
  CRT_ASSIGN(const auto same, contents.same_content(image, pairs));
  for (std::size_t i = 0; i < same.size(); ++i)
    if (same[i] == 0) tree.names[merger.comparisons()[i].lost].fate = Fate::overwritten;
  return {};
}

}  // namespace

Result<MergedTree> merge_layers(model::Image& image, model::ContentReader& contents) {
  MergedTree tree;
  EntryId count = 0;
  for (const auto& layer : image.layers) {
    tree.layer_begin.push_back(count);
    count += static_cast<EntryId>(layer.entries.size());
  }
  tree.layer_begin.push_back(count);
  tree.resolved.resize(count);
  tree.names.resize(count);
  tree.contents.resize(count);
  tree.owners.assign(count, kNoEntry);
  LayerMerger merger(image, tree);
  for (std::uint32_t layer = 0; layer < image.layers.size(); ++layer) CRT_TRY(merger.apply(layer));
  CRT_TRY(decide_comparisons(image, merger, contents, tree));
  for (EntryId id = 0; id < count; ++id)
    if (const EntryId name = merger.last_lost_names()[id]; name != kNoEntry)
      tree.contents[id] = tree.names[name];
  merger.add_notes();
  return tree;
}

}  // namespace crtune::analysis
