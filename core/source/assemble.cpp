#include "core/source/assemble.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>
#include <unordered_map>

namespace crtune::source {

using base::Digest;
using base::ErrorCode;
using base::Result;
using base::Status;
using model::EntryRole;

namespace {

constexpr std::uint64_t kMaxEntries = 5'000'000;
constexpr std::uint64_t kMaxUnpacked = 64ULL << 30U;
constexpr std::size_t kMaxNameBytes = 1U << 30U;

// Reads every distinct layer once, the largest first, on all cores. Every layer keeps its own result, so the
// first failing layer by number is reported whatever the threads' order.
class ParallelScan {
 public:
  ParallelScan(MemberStore& members, const Recipe& recipe, Verify verify, const Inspection& inspection,
               base::Reporter& reporter)
      : members_(members), recipe_(recipe), reporter_(reporter) {
    if (inspection.plan) inspectors_ = inspection.plan(recipe.config, recipe.layers.size());
    inspectors_.resize(recipe.layers.size());
    for (std::size_t i = 0; i < recipe.layers.size(); ++i) {
      const auto same = [&](std::size_t other) {
        return recipe.layers[other].member == recipe.layers[i].member;
      };
      if (std::none_of(order_.begin(), order_.end(), same)) order_.push_back(i);
      total_ += members.stored_size(recipe.layers[i].member).value_or(0);
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return size_of(a) > size_of(b); });
    options_.compute_diff_id = verify == Verify::everything;
    options_.compute_stored_digest = verify == Verify::everything;
    options_.progress = [this](std::uint64_t bytes) { reporter_.progress(done_ += bytes, total_); };
  }

  std::vector<Result<LayerScan>> run() {
    std::vector<Result<LayerScan>> results(recipe_.layers.size(), LayerScan{});
    const std::size_t workers = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                                        std::max<std::size_t>(order_.size(), 1));
    {
      std::vector<std::jthread> threads;
      for (std::size_t i = 1; i < workers; ++i) threads.emplace_back([&] { work(results); });
      work(results);
    }
    return results;
  }

 private:
  std::uint64_t size_of(std::size_t layer) const {
    return members_.stored_size(recipe_.layers[layer].member).value_or(0);
  }

  void work(std::vector<Result<LayerScan>>& results) {
    ScanOptions options = options_;
    for (std::size_t i = next_++; i < order_.size(); i = next_++) {
      options.inspector = inspectors_[order_[i]];
      results[order_[i]] = members_.scan_layer(recipe_.layers[order_[i]].member, options);
    }
  }

  MemberStore& members_;
  const Recipe& recipe_;
  base::Reporter& reporter_;
  ScanOptions options_;
  std::vector<const model::FileInspector*> inspectors_;  // of each layer
  std::vector<std::size_t> order_;
  std::uint64_t total_ = 0;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::uint64_t> done_ = 0;
};

Status check_layer(const LayerRecipe& wanted, const LayerScan& scan, const Digest& diff_id,
                   const std::string& file) {
  if (wanted.size && *wanted.size != scan.stored_bytes)
    return base::fail(
        ErrorCode::damaged,
        fmt::format("the layer has {} bytes, its descriptor says {}", scan.stored_bytes, *wanted.size),
        {.file = file});
  const bool comparable = !scan.stored_digest.empty() && wanted.digest.algorithm() == "sha256";
  if (comparable && scan.stored_digest != wanted.digest)
    return base::fail(
        ErrorCode::damaged,
        fmt::format("the layer's digest is {}, not {}", scan.stored_digest.text(), wanted.digest.text()),
        {.file = file});
  if (!scan.diff_id.empty() && diff_id.algorithm() == "sha256" && scan.diff_id != diff_id)
    return base::fail(ErrorCode::damaged,
                      fmt::format("the unpacked layer's digest is {}, not the diff ID {}",
                                  scan.diff_id.text(), diff_id.text()),
                      {.file = file});
  return {};
}

// What a layer's oddities mean to its reader.
void add_notes(const LayerRecipe& wanted, const LayerScan& scan, std::size_t index,
               std::vector<std::string>& notes) {
  const auto note = [&](std::string_view text) { notes.push_back(fmt::format("layer {}: {}", index, text)); };
  if (scan.escaping_names > 0)
    note(fmt::format("{} names climb above the root with '..' and are read below it", scan.escaping_names));
  if (!scan.has_end_blocks && scan.tar_bytes > 0) note("the tar archive lacks its two closing blocks");
  if (scan.has_trailing_data) note("data follows the end of the tar archive and is ignored, as runtimes do");
  if (scan.has_global_header) note("a global pax header is ignored, as runtimes do");
  const bool says_gzip = wanted.media_type.ends_with("gzip");
  const bool says_zstd = wanted.media_type.ends_with("zstd");
  const bool says_raw = wanted.media_type.ends_with(".tar");
  if ((says_gzip && scan.compression != "gzip") || (says_zstd && scan.compression != "zstd") ||
      (says_raw && scan.compression != "none"))
    note(fmt::format("its media type says {}, its bytes are {}", wanted.media_type,
                     scan.compression == "none" ? "uncompressed" : scan.compression));
}

// Splits a whiteout's name off its folder. Errors: invalid for whiteouts that name nothing.
Status classify(std::string_view name, model::LayerEntry& entry, std::string_view& target,
                const std::string& file) {
  constexpr std::string_view kPrefix = ".wh.";
  constexpr std::string_view kMetaPrefix = ".wh..wh.";
  const auto slash = name.rfind('/');
  const auto base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  target = name;
  if (!base.starts_with(kPrefix)) return {};
  if (base == ".wh..wh..opq") {
    entry.role = EntryRole::opaque;
    target = slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
  } else if (base.starts_with(kMetaPrefix)) {
    entry.role = EntryRole::bookkeeping;
  } else {
    entry.role = EntryRole::whiteout;
    const auto removed = base.substr(kPrefix.size());
    if (removed.empty() || removed == "." || removed == "..")
      return base::fail(
          ErrorCode::invalid,
          fmt::format("the whiteout '{}' names nothing that can be removed", base::one_line(name, 80)),
          {.file = file, .offset = entry.data_offset - platform::kTarBlock});
  }
  return {};
}

Status add_paths(LayerScan& scan, const std::string& file, model::Image& image) {
  const auto links_before = static_cast<std::uint32_t>(image.link_targets.size());
  if (image.link_targets.size() + scan.link_targets.size() > kMaxNameBytes)
    return base::fail(ErrorCode::limit, "the links of the image take over 1 GiB", {.file = file});
  image.link_targets += scan.link_targets;
  for (std::size_t i = 0; i < scan.entries.size(); ++i) {
    auto& entry = scan.entries[i];
    const auto name =
        std::string_view(scan.names).substr(scan.entry_names[i].offset, scan.entry_names[i].size);
    std::string_view target;
    CRT_TRY(classify(name, entry, target, file));
    entry.archived_path = image.paths.intern(name);
    entry.path = entry.archived_path;
    if (entry.role == EntryRole::opaque) entry.path = image.paths.parent(entry.archived_path);
    if (entry.role == EntryRole::whiteout)
      entry.path = image.paths.child(image.paths.parent(entry.archived_path),
                                     image.paths.name(entry.archived_path).substr(4));
    entry.link_offset += links_before;
  }
  return {};
}

// A layer that stands several times in an image is read once: of each layer, the one that was read.
std::vector<std::size_t> layers_read(const Recipe& recipe) {
  std::unordered_map<std::string_view, std::size_t> first;
  std::vector<std::size_t> read;
  for (std::size_t i = 0; i < recipe.layers.size(); ++i)
    read.push_back(first.try_emplace(recipe.layers[i].member, i).first->second);
  return read;
}

// How many entries there are, before any layer is copied: a short list of layers can repeat a large one a
// thousand times. Errors: limit.
Result<std::uint64_t> check_totals(const std::vector<Result<LayerScan>>& scans,
                                   const std::vector<std::size_t>& read, const std::string& file) {
  std::uint64_t entries = 0;
  std::uint64_t unpacked = 0;
  std::uint64_t names = 0;
  for (const std::size_t layer : read) {
    entries += scans[layer]->entries.size();
    unpacked += scans[layer]->tar_bytes;
    names += scans[layer]->names.size();
  }
  if (names > kMaxNameBytes)
    return base::fail(ErrorCode::limit, "the names of the image take over 1 GiB", {.file = file});
  if (entries > kMaxEntries)
    return base::fail(ErrorCode::limit, fmt::format("over {} entries in one image", kMaxEntries),
                      {.file = file});
  if (unpacked > kMaxUnpacked)
    return base::fail(ErrorCode::limit, fmt::format("the image unpacks to over {} bytes", kMaxUnpacked),
                      {.file = file});
  return entries;
}

}  // namespace

Result<model::Image> assemble(MemberStore& members, Recipe recipe, Verify verify,
                              const Inspection& inspection, base::Reporter& reporter) {
  if (recipe.config.diff_ids.size() != recipe.layers.size() && !recipe.predates_diff_ids)
    return base::fail(ErrorCode::invalid,
                      fmt::format("the manifest lists {} layers, the configuration {} diff IDs",
                                  recipe.layers.size(), recipe.config.diff_ids.size()),
                      {.file = members.label()});
  auto scans = ParallelScan(members, recipe, verify, inspection, reporter).run();
  for (auto& scan : scans)
    if (!scan) return base::fail(std::move(scan).error());
  model::Image image;
  image.names = std::move(recipe.names);
  image.config_digest = recipe.config_digest;
  image.digest = recipe.manifest_digest.empty() ? recipe.config_digest : recipe.manifest_digest;
  image.config = std::move(recipe.config);
  image.notes = std::move(recipe.notes);
  const auto read = layers_read(recipe);
  CRT_ASSIGN(const std::uint64_t entries, check_totals(scans, read, members.label()));
  image.paths.reserve(entries);
  for (std::size_t i = 0; i < scans.size(); ++i)
    if (read[i] != i) scans[i] = scans[read[i]];
  for (std::size_t i = 0; i < scans.size(); ++i) {
    LayerScan scan = std::move(*scans[i]);
    const auto& wanted = recipe.layers[i];
    const std::string file = fmt::format("{}:{}", members.label(), wanted.member);
    model::Layer layer;
    if (!image.config.diff_ids.empty()) layer.diff_id = image.config.diff_ids[i];
    CRT_TRY(check_layer(wanted, scan, layer.diff_id, file));
    add_notes(wanted, scan, i, image.notes);
    CRT_TRY(add_paths(scan, file, image));
    layer.digest = wanted.digest;
    if (layer.digest.empty() && scan.compression != "none") layer.digest = scan.stored_digest;
    layer.member = wanted.member;
    layer.compression = scan.compression;
    layer.stored_bytes = scan.stored_bytes;
    layer.tar_bytes = scan.tar_bytes;
    layer.content_bytes = scan.content_bytes;
    layer.entries = std::move(scan.entries);
    layer.facts = std::move(scan.facts);
    layer.unread_binaries = std::move(scan.unread_binaries);
    image.layers.push_back(std::move(layer));
  }
  return image;
}

}  // namespace crtune::source
