#include "core/analysis/duplicates.hpp"

#include <algorithm>
#include <tuple>

namespace crtune::analysis {

using base::Result;
using model::ContentHash;
using model::Duplicate;
using model::Image;

Result<Duplicates> find_duplicates(const Image& image, const MergedTree& tree, model::ContentReader& contents,
                                   model::ContentReader::Depth depth) {
  struct Candidate {
    std::uint64_t size;
    EntryId id;
  };
  std::vector<Candidate> candidates;
  for (std::uint32_t layer = 0; layer < image.layers.size(); ++layer)
    for (EntryId id = tree.layer_begin[layer]; id < tree.layer_begin[layer + 1]; ++id) {
      const std::uint64_t size = image.layers[layer].entries[id - tree.layer_begin[layer]].size;
      if (size >= kSmallestDuplicate && tree.owners[id] == id && tree.contents[id].fate == Fate::live)
        candidates.push_back({size, id});
    }
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return std::tie(b.size, a.id) < std::tie(a.size, b.id); });
  // Only files that share their size with another are read.
  std::vector<model::EntryRef> refs;
  std::vector<Candidate> sized;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const bool before = i > 0 && candidates[i - 1].size == candidates[i].size;
    const bool after = i + 1 < candidates.size() && candidates[i + 1].size == candidates[i].size;
    if (!before && !after) continue;
    refs.push_back(tree.ref(candidates[i].id));
    sized.push_back(candidates[i]);
  }
  CRT_ASSIGN(const auto answer, contents.hashes(image, refs, depth));
  const std::vector<ContentHash>& hashes = answer.values;
  std::vector<std::size_t> order(sized.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) { return std::tuple(~sized[i].size, hashes[i].high, hashes[i].low); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<Duplicate> found;
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i + 1;
    while (end < order.size() && key(order[end]) == key(order[i])) ++end;
    if (end - i > 1) {
      Duplicate duplicate = {.bytes = sized[order[i]].size, .paths = {}};
      for (std::size_t each = i; each < end; ++each)
        duplicate.paths.push_back(tree.resolved[sized[order[each]].id]);
      found.push_back(std::move(duplicate));
    }
    i = end;
  }
  // Hash values differ from run to run, so the order must not come from them.
  std::sort(found.begin(), found.end(), [&](const Duplicate& a, const Duplicate& b) {
    const auto saving = [](const Duplicate& d) { return d.bytes * (d.paths.size() - 1); };
    return saving(a) != saving(b) ? saving(a) > saving(b)
                                  : image.paths.text(a.paths.front()) < image.paths.text(b.paths.front());
  });
  return Duplicates{std::move(found), answer.sampled};
}

}  // namespace crtune::analysis
