#include "core/analysis/analyze.hpp"

#include "core/analysis/dive_metrics.hpp"
#include "core/analysis/duplicates.hpp"
#include "core/analysis/fix.hpp"
#include "core/analysis/gates.hpp"
#include "core/analysis/history.hpp"
#include "core/analysis/ignores.hpp"
#include "core/analysis/merge.hpp"
#include "core/analysis/settings.hpp"
#include "core/analysis/survey.hpp"
#include "core/base/glob.hpp"
#include "core/secret/mask.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace crtune::analysis {

using base::EntryKind;
using base::Result;
using model::Analysis;
using model::EntryRole;
using model::Image;
using model::LayerEntry;
using model::WasteGroup;
using model::WasteRow;

namespace {

std::uint8_t changes_between(const LayerEntry& before, const LayerEntry& after) {
  std::uint8_t changes = 0;
  if (before.mode != after.mode) changes |= model::change_mode;
  if (before.uid != after.uid || before.gid != after.gid) changes |= model::change_owner;
  if (before.mtime_seconds != after.mtime_seconds || before.mtime_nanoseconds != after.mtime_nanoseconds)
    changes |= model::change_time;
  if (before.xattr_hash != after.xattr_hash) changes |= model::change_xattrs;
  return changes;
}

// Sorts waste into groups with one reason each.
class WasteCollector {
 public:
  WasteCollector(const Image& image, const MergedTree& tree, Analysis& analysis)
      : image_(image), tree_(tree), analysis_(analysis) {}

  void add(EntryId id, std::uint32_t layer, const LayerEntry& entry) {
    const EntryOutcome& outcome = tree_.contents[id];
    const LayerEntry& now = standing(outcome.culprit);
    const std::uint8_t changes =
        outcome.fate == Fate::metadata_only ? changes_between(entry, now) : std::uint8_t{0};
    const std::uint32_t culprit = tree_.layer_of(outcome.culprit);
    const auto [at, is_new] =
        numbers_.try_emplace(std::tuple(outcome.fate, changes, layer, culprit), analysis_.groups.size());
    if (is_new)
      analysis_.groups.push_back(
          {.cause = outcome.fate, .changes = changes, .layer = layer, .culprit_layer = culprit});
    WasteGroup& group = analysis_.groups[at->second];
    group.bytes += entry.size;
    ++group.files;
    const bool same_as_before =
        group.new_mode == now.mode && group.new_uid == now.uid && group.new_gid == now.gid;
    if (group.files > 1 && !same_as_before) group.uniform = false;
    if (entry.size > group.largest_bytes) {
      group.largest = tree_.resolved[id];
      group.largest_bytes = entry.size;
      group.new_mode = now.mode;
      group.new_uid = now.uid;
      group.new_gid = now.gid;
    }
    analysis_.waste.push_back(
        {.path = tree_.resolved[id], .bytes = entry.size, .group = static_cast<std::uint32_t>(at->second)});
  }

  // Largest first; of equals, the order of the layers and paths decides, so that two runs print the same.
  void sort() {
    std::vector<std::uint32_t> order(analysis_.groups.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return analysis_.groups[a].bytes > analysis_.groups[b].bytes; });
    std::vector<WasteGroup> sorted;
    std::vector<std::uint32_t> renumbered(order.size());
    for (const auto old : order) {
      renumbered[old] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(analysis_.groups[old]));
    }
    analysis_.groups = std::move(sorted);
    for (auto& row : analysis_.waste) row.group = renumbered[row.group];
    std::stable_sort(analysis_.waste.begin(), analysis_.waste.end(),
                     [](const WasteRow& a, const WasteRow& b) { return a.bytes > b.bytes; });
  }

 private:
  // The file that now stands where a rewritten one was; of a hard link, the file it names.
  const LayerEntry& standing(EntryId culprit) const {
    const EntryId owner = tree_.owners[culprit];
    return entry_of(image_, tree_, owner == kNoEntry ? culprit : owner);
  }

  const Image& image_;
  const MergedTree& tree_;
  Analysis& analysis_;
  std::map<std::tuple<Fate, std::uint8_t, std::uint32_t, std::uint32_t>, std::size_t> numbers_;
};

void add_layer(const Image& image, const MergedTree& tree, std::uint32_t index, WasteCollector& waste,
               Analysis& analysis) {
  const model::Layer& layer = image.layers[index];
  model::LayerSummary& summary = analysis.layers[index];
  for (std::size_t i = 0; i < layer.entries.size(); ++i) {
    const LayerEntry& entry = layer.entries[i];
    if (entry.size == 0) continue;
    const EntryId id = tree.layer_begin[index] + static_cast<EntryId>(i);
    const bool is_file = entry.kind == EntryKind::file && entry.role == EntryRole::content;
    const Fate fate = is_file ? tree.contents[id].fate : Fate::live;
    analysis.bytes_by_fate[static_cast<std::size_t>(fate)] += entry.size;
    if (fate == Fate::live) {
      summary.live += entry.size;
    } else {
      summary.reclaimable += entry.size;
      waste.add(id, index, entry);
    }
  }
  summary.framing = layer.tar_bytes - layer.content_bytes;
  analysis.uncompressed += layer.content_bytes;
  analysis.entries += layer.entries.size();
}

void apply_ignores(const Image& image, const model::Policy& policy, const std::string& today,
                   Analysis& analysis) {
  if (policy.ignores.empty()) return;
  const auto accepts = [&](const model::Ignore& ignore, const std::string& path) {
    return ignore.rule.empty() && ignore.holds_on(today) && base::glob_matches(ignore.glob, path);
  };
  for (auto& row : analysis.waste) {
    const std::string path = image.paths.text(row.path);
    for (std::size_t i = 0; i < policy.ignores.size() && row.ignored < 0; ++i)
      if (accepts(policy.ignores[i], path)) row.ignored = static_cast<std::int32_t>(i);
    if (row.ignored >= 0) analysis.ignored_bytes += row.bytes;
  }
}

void add_files(const Image& image, const MergedTree& tree, Analysis& analysis) {
  auto& files = analysis.files.emplace();
  for (std::size_t layer = 0; layer < image.layers.size(); ++layer) {
    std::vector<model::FileState> states;
    states.reserve(image.layers[layer].entries.size());
    for (EntryId id = tree.layer_begin[layer]; id < tree.layer_begin[layer + 1]; ++id) {
      // A file's state is that of its bytes, which another name may keep alive.
      const EntryId owner = tree.owners[id];
      const auto index = id - tree.layer_begin[layer];
      const bool is_content = image.layers[layer].entries[index].role == EntryRole::content;
      const bool is_own = owner == id || owner == kNoEntry;
      states.push_back(
          {.path = tree.resolved[id],
           .state = owner == id ? tree.contents[id].fate : tree.names[id].fate,
           .present = is_content && tree.names[id].fate == Fate::live,
           .content = is_own ? model::EntryRef{static_cast<std::uint32_t>(layer), index} : tree.ref(owner)});
    }
    files.push_back(std::move(states));
  }
}

}  // namespace

Result<Analysis> analyze(Image& image, model::ContentReader& contents, const model::Policy& policy,
                         const AnalyzeOptions& options) {
  Analysis analysis;
  analysis.is_executable = options.is_executable;
  analysis.settings = settings_of(image.config, options.fingerprint_key);
  analysis.dive = dive_metrics(image);
  CRT_ASSIGN(const MergedTree tree, merge_layers(image, contents));
  analysis.layers.resize(image.layers.size());
  const auto origins = match_history(image.config.history, image.layers.size());
  bool any_compressed = false;
  std::uint64_t stored = 0;
  WasteCollector waste(image, tree, analysis);
  for (std::uint32_t i = 0; i < image.layers.size(); ++i) {
    if (origins[i].created_by) analysis.layers[i].created_by = secret::masked_words(*origins[i].created_by);
    analysis.layers[i].instruction = secret::masked_words(origins[i].instruction);
    analysis.layers[i].base = options.base_layers ? i < *options.base_layers : origins[i].base;
    any_compressed = any_compressed || image.layers[i].compression != "none";
    stored += image.layers[i].stored_bytes;
    add_layer(image, tree, i, waste, analysis);
  }
  if (any_compressed) analysis.compressed = stored;
  waste.sort();
  for (auto& group : analysis.groups)
    group.fix = fix_line(group, image.paths.text(group.largest), analysis.layers[group.layer],
                         analysis.layers[group.culprit_layer]);
  apply_ignores(image, policy, options.today, analysis);
  const auto depth =
      options.compare_whole_files ? model::ContentReader::Depth::whole : model::ContentReader::Depth::sampled;
  CRT_ASSIGN(auto duplicates, find_duplicates(image, tree, contents, depth));
  analysis.duplicates = std::move(duplicates.groups);
  analysis.duplicates_are_estimated = duplicates.sampled;
  if (options.with_files) add_files(image, tree, analysis);
  if (options.inspector != nullptr)
    CRT_TRY(survey(image, tree, contents,
                   {.inspector = options.inspector,
                    .deep = options.deep,
                    .fingerprint_key = options.fingerprint_key,
                    .today = options.today},
                   analysis));
  secret::mask_words(image.config.entrypoint);
  secret::mask_words(image.config.command);
  analysis.gates = check_gates(analysis, policy);
  analysis.notes = image.notes;
  analysis.notes.insert(analysis.notes.end(), tree.notes.begin(), tree.notes.end());
  accept_findings(policy, options.today, analysis.findings);
  for (auto& note : expired_ignores(policy, options.today)) analysis.notes.push_back(std::move(note));
  return analysis;
}

}  // namespace crtune::analysis
