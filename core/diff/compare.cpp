#include "core/diff/compare.hpp"

#include "core/diff/files.hpp"
#include "core/diff/layers.hpp"
#include "core/diff/parts.hpp"

namespace crtune::diff {

using base::ErrorCode;
using base::Result;
using model::Difference;
using model::Snapshot;

namespace {

std::int64_t growth(std::uint64_t before, std::uint64_t after) {
  return static_cast<std::int64_t>(after) - static_cast<std::int64_t>(before);
}

bool is_empty(const Snapshot& before, const Snapshot& after, const Difference& difference) {
  for (std::uint32_t i = 0; i < difference.layers.size(); ++i)
    if (difference.layers[i].before != i || difference.layers[i].after != i || difference.layers[i].must_push)
      return false;
  return difference.uncompressed == 0 && difference.live == 0 && before.entries == after.entries &&
         difference.counts.total() == 0 && difference.growth.empty() && difference.settings.empty() &&
         difference.binaries.empty() && difference.new_findings.empty() && difference.fixed_findings.empty();
}

void add_notes(const Snapshot& before, const Snapshot& after, Difference& out) {
  if (!out.deploy.is_known)
    out.notes.emplace_back("a layer's diff ID is not known: layers are taken for different");
  if (!after.is_executable && !out.has_files)
    out.notes.emplace_back(
        "the saved report lists no files: files are not compared (analyze --format json --files saves them)");
  if (out.counts.unknown > 0)
    out.notes.emplace_back(
        "of files with the same size in layers that differ, a saved report cannot tell the content");
  const bool other_digest = !before.digest.empty() && !after.digest.empty() && before.digest != after.digest;
  if (out.is_empty && other_digest)
    out.notes.emplace_back(
        "the digests differ: by what is not compared, such as the creation time, history or compression");
  if (before.deep != after.deep)
    out.notes.emplace_back("base layers were looked into on one side only (--deep)");
}

}  // namespace

Result<Difference> compare(const Side& before, const Side& after, const model::Policy& policy) {
  const Snapshot& a = before.snapshot;
  const Snapshot& b = after.snapshot;
  if (a.is_executable != b.is_executable)
    return base::fail(ErrorCode::usage, "an image cannot be compared with an executable",
                      {.file = a.is_executable ? a.name : b.name}, "name two images, or two executables");
  Difference out;
  out.uncompressed = growth(a.uncompressed, b.uncompressed);
  out.live = growth(a.uncompressed - a.reclaimable, b.uncompressed - b.reclaimable);
  if (!a.is_executable) {
    CRT_ASSIGN(const LayerNames names, name_layers(before, after));
    compare_layers(before, after, names, out);
    if (a.has_files && b.has_files) {
      CRT_ASSIGN(const FilePairs pairs, compare_files(before, after, names, out));
      explain_growth(before, after, pairs, out);
    }
    compare_settings(a, b, out);
  }
  compare_binaries(a, b, out);
  compare_findings(a, b, out);
  out.is_empty = is_empty(a, b, out);
  add_notes(a, b, out);
  check_gates(a, b, policy, out);
  return out;
}

}  // namespace crtune::diff
