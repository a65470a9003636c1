#include "core/analysis/survey.hpp"

#include "core/analysis/content_facts.hpp"
#include "core/analysis/path_census.hpp"
#include "core/analysis/rules/rule.hpp"
#include "core/analysis/start.hpp"

#include <algorithm>
#include <unordered_set>

namespace crtune::analysis {

using base::Status;
using model::Analysis;
using model::Image;

namespace {

using Copies = std::unordered_set<EntryId>;

// Files of the user's layers that only repeat what the base image holds: rewritten for their mode or owner.
// None where the base's layers count as the user's.
Copies copies_of_base(const Image& image, const MergedTree& tree, const Analysis& analysis, bool deep) {
  Copies copies;
  if (deep) return copies;
  for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
    if (!analysis.layers[layer].base) continue;
    for (EntryId id = tree.layer_begin[layer]; id < tree.layer_begin[layer + 1]; ++id) {
      const auto& outcome = tree.contents[id];
      if (tree.owners[id] != id || outcome.fate != Fate::metadata_only || outcome.culprit == kNoEntry)
        continue;
      const EntryId owner = tree.owners[outcome.culprit];
      if (owner != kNoEntry) copies.insert(owner);
    }
  }
  return copies;
}

// Whether a file is there under any of its names.
bool is_live(const MergedTree& tree, EntryId file) {
  return tree.contents[file].fate == Fate::live;
}

std::vector<EntryId> binaries_to_read(const Image& image, const MergedTree& tree, const Analysis& analysis,
                                      const Copies& copies, bool deep) {
  std::vector<EntryId> wanted;
  for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
    if (analysis.layers[layer].base && !deep) continue;
    for (const std::uint32_t index : image.layers[layer].unread_binaries) {
      const EntryId id = tree.layer_begin[layer] + index;
      if (is_live(tree, id) && copies.count(id) == 0) wanted.push_back(id);
    }
  }
  return wanted;
}

// The binaries in scope: the start's first, then the largest; of equals, by path.
void list_binaries(const FinalTree& files, ContentFacts& facts, const Start& start, const Copies& copies,
                   Analysis& analysis) {
  for (const EntryId id : facts.files()) {
    const auto* binary = facts.binary(id);
    if (binary == nullptr || !is_live(files.tree(), id)) continue;
    const std::uint32_t layer = files.layer_of(id);
    const bool in_scope = analysis.scope.deep || !analysis.layers[layer].base || id == start.program;
    if (!in_scope || (copies.count(id) > 0 && id != start.program)) continue;
    analysis.binaries.push_back({files.path_of(id), layer, files.entry(id).size, facts.take_divided(id)});
  }
  const model::PathId first = start.program == kNoEntry ? model::kNoPath : files.path_of(start.program);
  std::stable_sort(analysis.binaries.begin(), analysis.binaries.end(), [&](const auto& a, const auto& b) {
    if ((a.path == first) != (b.path == first)) return a.path == first;
    return a.size > b.size;
  });
  analysis.scope.binaries = analysis.binaries.size();
}

}  // namespace

Status survey(Image& image, const MergedTree& tree, model::ContentReader& contents,
              const SurveyOptions& options, Analysis& analysis) {
  const FinalTree files(image, tree);
  ContentFacts facts(image, tree);
  const Copies copies = copies_of_base(image, tree, analysis, options.deep);
  CRT_TRY(facts.inspect(binaries_to_read(image, tree, analysis, copies, options.deep), image, tree, contents,
                        *options.inspector));
  CRT_ASSIGN(const Start start, follow_start(files, facts, contents, *options.inspector));
  for (const EntryId file : start.files) {
    analysis.start.paths.push_back(files.path_of(file));
    analysis.start.bytes += files.entry(file).size;
  }
  analysis.scope.deep = options.deep;
  list_binaries(files, facts, start, copies, analysis);
  const PathCensus census(files, facts);
  const rules::Subject subject = {.image = image,
                                  .analysis = analysis,
                                  .files = files,
                                  .facts = facts,
                                  .start = start,
                                  .census = census,
                                  .deep = options.deep,
                                  .fingerprint_key = options.fingerprint_key,
                                  .today = options.today};
  analysis.findings = rules::run_rules(subject);
  return {};
}

}  // namespace crtune::analysis
