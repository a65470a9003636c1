#include "core/diff/files.hpp"

#include <algorithm>
#include <queue>

namespace crtune::diff {

using model::GrowthPart;
using model::kNoPath;
using model::kRootPath;
using model::PathId;

namespace {

// More parts are not told apart: they would be small.
constexpr std::size_t kMostParts = 200;
// A folder explains its bytes where most of them go one way and no single child has most of them.
constexpr double kOneWay = 0.5;
constexpr double kMostOfIt = 0.6;

struct Sum {
  std::int64_t bytes = 0;
  std::uint64_t moved = 0;  // the sum of what its files grew or shrank by
  model::FileCounts files;
};

class Growth {
 public:
  Growth(const Side& before, const Side& after, const FilePairs& pairs, const model::Difference& difference)
      : paths_(difference.paths), sums_(paths_.size()) {
    for (const auto& file : difference.files) {
      auto& files = sums_[file.path].files;
      if (!file.before) {
        ++files.added;
      } else if (!file.after) {
        ++files.removed;
      } else if (file.changes != 0) {
        ++files.changed;
      }
    }
    for (PathId path = 0; path < paths_.size(); ++path) {
      const std::int64_t old_bytes = counted(before.snapshot, pairs.before[path]);
      const std::int64_t new_bytes = counted(after.snapshot, pairs.after[path]);
      sums_[path].bytes = new_bytes - old_bytes;
      sums_[path].moved =
          static_cast<std::uint64_t>(new_bytes > old_bytes ? new_bytes - old_bytes : old_bytes - new_bytes);
    }
    own_moved_.reserve(sums_.size());
    for (const auto& sum : sums_) own_moved_.push_back(sum.moved != 0);
    // A path's parent has a smaller number.
    for (PathId path = static_cast<PathId>(paths_.size()); path-- > 1;) add(path, paths_.parent(path));
  }

  std::int64_t total() const { return sums_[kRootPath].bytes; }

  std::vector<GrowthPart> parts() const {
    const auto later = [&](PathId a, PathId b) {
      if (sums_[a].moved != sums_[b].moved) return sums_[a].moved < sums_[b].moved;
      if (const int order = paths_.name(a).compare(paths_.name(b)); order != 0) return order > 0;
      return paths_.text(a) > paths_.text(b);
    };
    std::priority_queue<PathId, std::vector<PathId>, decltype(later)> queue(later);
    queue.push(kRootPath);
    std::vector<GrowthPart> out;
    while (!queue.empty() && out.size() < kMostParts) {
      const PathId path = queue.top();
      queue.pop();
      if (path != kRootPath && explains(path)) {
        out.push_back({.path = path,
                       .is_folder = !own_moved_[path],
                       .bytes = sums_[path].bytes,
                       .files = sums_[path].files});
        continue;
      }
      for_children(path, [&](PathId child) { queue.push(child); });
      if (own_moved_[path])  // a file took a folder's place, or the other way round
        out.push_back({.path = path, .is_folder = false, .bytes = own_bytes(path), .files = {}});
    }
    std::stable_sort(out.begin(), out.end(), [&](const GrowthPart& a, const GrowthPart& b) {
      const auto size = [](std::int64_t bytes) { return bytes < 0 ? -bytes : bytes; };
      if (size(a.bytes) != size(b.bytes)) return size(a.bytes) > size(b.bytes);
      return paths_.text(a.path) < paths_.text(b.path);
    });
    return out;
  }

 private:
  static std::int64_t counted(const model::Snapshot& side, std::uint32_t file) {
    return file == kNoFile ? 0 : static_cast<std::int64_t>(side.files[file].counted);
  }

  void add(PathId path, PathId parent) {
    const Sum& from = sums_[path];
    Sum& to = sums_[parent];
    to.bytes += from.bytes;
    to.moved += from.moved;
    to.files.added += from.files.added;
    to.files.removed += from.files.removed;
    to.files.changed += from.files.changed;
  }

  template <typename Visit>
  void for_children(PathId path, const Visit& visit) const {
    for (PathId child = paths_.first_child(path); child != kNoPath; child = paths_.next_sibling(child))
      if (sums_[child].moved > 0) visit(child);
  }

  std::int64_t own_bytes(PathId path) const {
    std::int64_t bytes = sums_[path].bytes;
    for_children(path, [&](PathId child) { bytes -= sums_[child].bytes; });
    return bytes;
  }

  bool explains(PathId path) const {
    const auto moved = static_cast<double>(sums_[path].moved);
    bool has_children = false;
    bool one_has_most = false;
    for_children(path, [&](PathId child) {
      has_children = true;
      if (static_cast<double>(sums_[child].moved) >= kMostOfIt * moved) one_has_most = true;
    });
    if (!has_children) return true;
    const auto bytes = static_cast<double>(sums_[path].bytes);
    const bool one_way = (bytes < 0 ? -bytes : bytes) >= kOneWay * moved;
    return one_way && !one_has_most && !own_moved_[path];
  }

  const model::PathTable& paths_;
  std::vector<Sum> sums_;
  std::vector<bool> own_moved_;
};

}  // namespace

void explain_growth(const Side& before, const Side& after, const FilePairs& pairs, model::Difference& out) {
  const Growth growth(before, after, pairs, out);
  out.growth = growth.parts();
  out.elsewhere = out.live - growth.total();
}

}  // namespace crtune::diff
