#include "core/analysis/content_facts.hpp"

#include <algorithm>

namespace crtune::analysis {

ContentFacts::ContentFacts(model::Image& image, const MergedTree& tree) {
  for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
    for (auto& row : image.layers[layer].facts) {
      const EntryId id = tree.layer_begin[layer] + row.entry;
      order_.push_back(id);
      facts_.emplace(id, std::move(row.facts));
    }
    image.layers[layer].facts.clear();
  }
}

const model::FileFacts* ContentFacts::of(EntryId file) const {
  const auto found = facts_.find(file);
  return found == facts_.end() ? nullptr : &found->second;
}

const model::Binary* ContentFacts::binary(EntryId file) const {
  const auto* facts = of(file);
  return facts != nullptr && facts->binary ? &*facts->binary : nullptr;
}

model::Binary ContentFacts::take_divided(EntryId file) {
  model::Binary& kept = *facts_.at(file).binary;
  std::vector<model::ByteOwner> owners = std::move(kept.owners);
  kept.owners.clear();
  model::Binary taken = kept;
  taken.owners = std::move(owners);
  return taken;
}

std::string_view ContentFacts::text(EntryId file) const {
  const auto* facts = of(file);
  return facts != nullptr && facts->text ? std::string_view(*facts->text) : std::string_view();
}

base::Status ContentFacts::inspect(std::span<const EntryId> files, const model::Image& image,
                                   const MergedTree& tree, model::ContentReader& contents,
                                   const model::FileInspector& inspector) {
  std::vector<EntryId> wanted;
  std::vector<model::EntryRef> refs;
  for (const EntryId file : files)
    if (facts_.try_emplace(file).second) {
      wanted.push_back(file);
      refs.push_back(tree.ref(file));
    }
  CRT_ASSIGN(auto found, contents.inspect(image, refs, inspector));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (found[i].empty()) continue;
    facts_[wanted[i]] = std::move(found[i]);
    order_.push_back(wanted[i]);
  }
  std::sort(order_.begin(), order_.end());
  return {};
}

}  // namespace crtune::analysis
