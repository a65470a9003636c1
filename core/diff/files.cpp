#include "core/diff/files.hpp"

#include "core/base/escape.hpp"

#include <algorithm>
#include <string>

namespace crtune::diff {

using base::EntryKind;
using base::Result;
using model::EntryRef;
using model::FileDifference;
using model::kNoPath;
using model::kRootPath;
using model::PathId;
using model::PathTable;
using model::Snapshot;
using model::SnapshotFile;

namespace {

// A name as a JSON report has it, where bytes that are no UTF-8 are U+FFFD.
std::string as_reported(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t length = base::utf8_sequence_length(name);
    out += length == 0 ? std::string_view("\xEF\xBF\xBD") : name.substr(0, length);
    name.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

// Where each path of `from` stands in `to`. A path's parent was made before it.
std::vector<PathId> add_paths(const PathTable& from, bool as_report, PathTable& to) {
  std::vector<PathId> places(from.size(), kRootPath);
  for (PathId path = 1; path < from.size(); ++path) {
    const auto name = from.name(path);
    const PathId parent = places[from.parent(path)];
    places[path] = as_report ? to.child(parent, as_reported(name)) : to.child(parent, name);
  }
  return places;
}

std::vector<std::uint32_t> files_by_path(const Snapshot& side, const std::vector<PathId>& places,
                                         std::size_t paths) {
  std::vector<std::uint32_t> out(paths, kNoFile);
  for (std::uint32_t i = 0; i < side.files.size(); ++i) out[places[side.files[i].path]] = i;
  return out;
}

// Which files of the same path and size have the same content.
class ContentComparison {
 public:
  ContentComparison(const Side& before, const Side& after, const LayerNames& names)
      : before_(before), after_(after), names_(names) {}

  // What is known without reading: 1 same, 0 different, -1 open.
  int known(const SnapshotFile& a, const SnapshotFile& b) const {
    if (a.size != b.size) return 0;
    if (a.size == 0) return 1;
    const auto& layer_a = names_.before[a.content.layer];
    const auto& layer_b = names_.after[b.content.layer];
    const bool same_place = !layer_a.empty() && layer_a == layer_b && a.content.index == b.content.index;
    return same_place ? 1 : -1;
  }

  bool can_read() const { return before_.contents != nullptr && after_.contents != nullptr; }

  // For each pair whether the contents differ.
  Result<std::vector<bool>> differ(const std::vector<EntryRef>& a, const std::vector<EntryRef>& b) const {
    constexpr auto kWhole = model::ContentReader::Depth::whole;
    CRT_ASSIGN(const auto first, before_.contents->hashes(*before_.image, a, kWhole));
    CRT_ASSIGN(const auto second, after_.contents->hashes(*after_.image, b, kWhole));
    std::vector<bool> out(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) out[i] = first.values[i] != second.values[i];
    return out;
  }

 private:
  const Side& before_;
  const Side& after_;
  const LayerNames& names_;
};

std::uint16_t attribute_changes(const Snapshot& before, const SnapshotFile& a, const Snapshot& after,
                                const SnapshotFile& b) {
  unsigned changes = 0;
  if (a.mode != b.mode) changes |= model::file_mode;
  if (a.uid != b.uid || a.gid != b.gid) changes |= model::file_owner;
  if (a.mtime_seconds != b.mtime_seconds || a.mtime_nanoseconds != b.mtime_nanoseconds)
    changes |= model::file_time;
  if (a.xattr_hash != b.xattr_hash) changes |= model::file_xattrs;
  if (a.kind != b.kind) return static_cast<std::uint16_t>(changes | model::file_type);
  if (a.kind == EntryKind::symlink && before.link_target(a) != after.link_target(b))
    changes |= model::file_link;
  if (a.device != b.device) changes |= model::file_device;
  return static_cast<std::uint16_t>(changes);
}

void count(const FileDifference& file, model::Difference& out) {
  if (!file.before) {
    ++out.counts.added;
  } else if (!file.after) {
    ++out.counts.removed;
  } else if (file.changes != 0) {
    ++out.counts.changed;
  }
  if (file.content_is_unknown) ++out.counts.unknown;
  for (std::size_t i = 0; i < model::kFileChanges.size(); ++i)
    if ((file.changes & model::kFileChanges[i].first) != 0) ++out.changes[i];
}

// Puts the files in the order of their paths: folders before what is in them, names by bytes.
void sort_by_path(const PathTable& paths, std::vector<FileDifference>& files) {
  constexpr std::uint32_t kNothing = UINT32_MAX;
  std::vector<std::uint32_t> row(paths.size(), kNothing);
  std::vector<bool> leads(paths.size());
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    row[files[i].path] = i;
    for (PathId at = files[i].path; !leads[at]; at = paths.parent(at)) {
      leads[at] = true;
      if (at == kRootPath) break;
    }
  }
  std::vector<FileDifference> sorted;
  sorted.reserve(files.size());
  std::vector<PathId> stack = {kRootPath};
  while (!stack.empty()) {
    const PathId path = stack.back();
    stack.pop_back();
    if (row[path] != kNothing) sorted.push_back(files[row[path]]);
    const std::size_t begin = stack.size();
    for (PathId child = paths.first_child(path); child != kNoPath; child = paths.next_sibling(child))
      if (leads[child]) stack.push_back(child);
    std::sort(stack.begin() + static_cast<std::ptrdiff_t>(begin), stack.end(),
              [&](PathId a, PathId b) { return paths.name(a) > paths.name(b); });
  }
  files = std::move(sorted);
}

}  // namespace

Result<FilePairs> compare_files(const Side& before, const Side& after, const LayerNames& names,
                                model::Difference& out) {
  const Snapshot& a = before.snapshot;
  const Snapshot& b = after.snapshot;
  const bool as_report = a.is_report || b.is_report;
  out.paths.reserve(std::max(a.paths.size(), b.paths.size()));
  const auto places_a = add_paths(a.paths, as_report, out.paths);
  const auto places_b = add_paths(b.paths, as_report, out.paths);
  FilePairs pairs = {files_by_path(a, places_a, out.paths.size()),
                     files_by_path(b, places_b, out.paths.size())};
  const ContentComparison contents(before, after, names);
  std::vector<std::size_t> open;  // rows of out.files whose contents must be read
  std::vector<EntryRef> open_a;
  std::vector<EntryRef> open_b;
  for (PathId path = 0; path < out.paths.size(); ++path) {
    const std::uint32_t i = pairs.before[path];
    const std::uint32_t j = pairs.after[path];
    if (i == kNoFile && j == kNoFile) continue;
    FileDifference row = {.path = path, .before = {}, .after = {}};
    if (i != kNoFile) row.before = i;
    if (j != kNoFile) row.after = j;
    bool must_read = false;
    if (row.before && row.after) {
      row.changes = attribute_changes(a, a.files[i], b, b.files[j]);
      if (a.files[i].kind == EntryKind::file && b.files[j].kind == EntryKind::file) {
        const int known = contents.known(a.files[i], b.files[j]);
        if (known == 0) row.changes |= model::file_content;
        must_read = known < 0 && contents.can_read();
        row.content_is_unknown = known < 0 && !contents.can_read();
      }
      if (row.changes == 0 && !must_read && !row.content_is_unknown) continue;
    }
    if (must_read) {
      open.push_back(out.files.size());
      open_a.push_back(a.files[i].content);
      open_b.push_back(b.files[j].content);
    }
    out.files.push_back(row);
  }
  if (!open.empty()) {
    CRT_ASSIGN(const auto differ, contents.differ(open_a, open_b));
    for (std::size_t k = 0; k < open.size(); ++k)
      if (differ[k]) out.files[open[k]].changes |= model::file_content;
  }
  std::erase_if(out.files, [](const FileDifference& row) {
    return row.before && row.after && row.changes == 0 && !row.content_is_unknown;
  });
  for (const auto& row : out.files) count(row, out);
  sort_by_path(out.paths, out.files);
  out.has_files = true;
  return pairs;
}

}  // namespace crtune::diff
