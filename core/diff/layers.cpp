#include "core/diff/layers.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace crtune::diff {

using base::Result;
using model::EntryRef;
using model::LayerDifference;
using model::LayerEntry;
using model::Snapshot;
using model::SnapshotLayer;

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

bool same_header(const Side& before, const LayerEntry& a, const Side& after, const LayerEntry& b) {
  const bool same_numbers = a.size == b.size && a.mtime_seconds == b.mtime_seconds &&
                            a.mtime_nanoseconds == b.mtime_nanoseconds && a.xattr_hash == b.xattr_hash &&
                            a.device == b.device && a.uid == b.uid && a.gid == b.gid && a.mode == b.mode &&
                            a.kind == b.kind && a.role == b.role;
  return same_numbers && before.image->link_target(a) == after.image->link_target(b) &&
         before.image->paths.text(a.archived_path) == after.image->paths.text(b.archived_path);
}

// Whether two layers without diff IDs hold the same.
Result<bool> same_layer(const Side& before, const Side& after, std::uint32_t index) {
  const auto& a = before.image->layers[index].entries;
  const auto& b = after.image->layers[index].entries;
  if (a.size() != b.size()) return false;
  std::vector<EntryRef> files;
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    if (!same_header(before, a[i], after, b[i])) return false;
    if (a[i].size > 0) files.push_back({index, i});
  }
  constexpr auto kWhole = model::ContentReader::Depth::whole;
  CRT_ASSIGN(const auto first, before.contents->hashes(*before.image, files, kWhole));
  CRT_ASSIGN(const auto second, after.contents->hashes(*after.image, files, kWhole));
  return first.values == second.values;
}

// Pairs layers of the same name, in order; the other side's layer of each, or kNone.
std::vector<std::uint32_t> partners(const LayerNames& names) {
  std::map<std::string_view, std::vector<std::uint32_t>> places;
  for (std::size_t i = names.before.size(); i-- > 0;)
    if (!names.before[i].empty()) places[names.before[i]].push_back(static_cast<std::uint32_t>(i));
  std::vector<std::uint32_t> out(names.after.size(), kNone);
  for (std::size_t i = 0; i < names.after.size(); ++i) {
    const auto found = places.find(names.after[i]);
    if (found == places.end() || found->second.empty()) continue;
    out[i] = found->second.back();
    found->second.pop_back();
  }
  return out;
}

void list_layers(std::size_t before_count, const std::vector<std::uint32_t>& partner,
                 std::vector<LayerDifference>& out) {
  std::vector<bool> is_shared(before_count);
  for (const std::uint32_t other : partner)
    if (other != kNone) is_shared[other] = true;
  std::uint32_t next = 0;
  const auto removed_until = [&](std::uint32_t end) {
    for (; next < end; ++next)
      if (!is_shared[next]) out.push_back({.before = next, .after = {}});
  };
  for (std::uint32_t i = 0; i < partner.size(); ++i) {
    if (partner[i] == kNone) {
      while (next < before_count && !is_shared[next]) removed_until(next + 1);
      out.push_back({.before = {}, .after = i});
    } else {
      if (partner[i] >= next) {
        removed_until(partner[i]);
        next = partner[i] + 1;
      }
      out.push_back({.before = partner[i], .after = i});
    }
  }
  removed_until(static_cast<std::uint32_t>(before_count));
}

// What a registry that holds the old image has.
struct Held {
  std::set<std::string_view> digests;
  std::set<std::string_view> names;
  std::set<std::string_view> names_of_unknown_digest;

  Held(const Snapshot& before, const LayerNames& layer_names) {
    for (std::size_t i = 0; i < before.layers.size(); ++i) {
      const SnapshotLayer& layer = before.layers[i];
      const bool knows_digest = layer.compression != "none" && !layer.digest.empty();
      if (knows_digest) digests.insert(layer.digest);
      if (layer_names.before[i].empty()) continue;
      names.insert(layer_names.before[i]);
      if (!knows_digest) names_of_unknown_digest.insert(layer_names.before[i]);
    }
  }

  bool has_digest(const SnapshotLayer& layer) const {
    return layer.compression != "none" && !layer.digest.empty() && digests.count(layer.digest) > 0;
  }
  // An uncompressed layer is compressed by the push, which leaves out what the registry has under its diff
  // ID.
  bool has_bytes(const SnapshotLayer& layer, std::string_view name) const {
    if (has_digest(layer)) return true;
    const bool tells_digest = layer.compression != "none" && !layer.digest.empty();
    return tells_digest ? names_of_unknown_digest.count(name) > 0 : names.count(name) > 0;
  }
};

}  // namespace

Result<LayerNames> name_layers(const Side& before, const Side& after) {
  LayerNames names;
  for (const auto& layer : before.snapshot.layers) names.before.push_back(layer.diff_id);
  for (const auto& layer : after.snapshot.layers) names.after.push_back(layer.diff_id);
  if (before.contents == nullptr || after.contents == nullptr) return names;
  for (std::uint32_t i = 0; i < std::min(names.before.size(), names.after.size()); ++i) {
    if (!names.before[i].empty() || !names.after[i].empty()) continue;
    CRT_ASSIGN(const bool same, same_layer(before, after, i));
    names.before[i] = fmt::format("old layer {}", i);
    names.after[i] = same ? names.before[i] : fmt::format("new layer {}", i);
  }
  return names;
}

void compare_layers(const Side& before, const Side& after, const LayerNames& names, model::Difference& out) {
  list_layers(before.snapshot.layers.size(), partners(names), out.layers);
  const Held held(before.snapshot, names);
  std::set<std::pair<std::string_view, std::string_view>> pushed;
  std::set<std::string_view> imported;
  model::Deploy& deploy = out.deploy;
  for (auto& row : out.layers) {
    if (!row.after) continue;
    const SnapshotLayer& layer = after.snapshot.layers[*row.after];
    const std::string_view name = names.after[*row.after];
    if (name.empty()) deploy.is_known = false;
    const bool is_shared = !name.empty() && held.names.count(name) > 0;
    if (is_shared) ++deploy.shared_layers;
    if (is_shared && held.has_digest(layer)) ++deploy.shared_digests;
    if (!is_shared && (name.empty() || imported.insert(name).second)) {
      ++deploy.import_layers;
      deploy.import_bytes += layer.tar_bytes;
    }
    if (held.has_bytes(layer, name)) continue;
    row.must_push = true;
    if (!name.empty() && !pushed.emplace(name, layer.digest).second) continue;
    ++deploy.push_layers;
    deploy.push_bytes += layer.stored_bytes;
    if (layer.compression == "none") ++deploy.uncompressed_layers;
  }
  for (const auto& name : names.before)
    if (name.empty()) deploy.is_known = false;
}

}  // namespace crtune::diff
