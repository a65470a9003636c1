#include "core/analysis/final_tree.hpp"

#include <algorithm>
#include <string>

namespace crtune::analysis {

using base::EntryKind;
using model::EntryRole;
using model::kNoPath;
using model::kRootPath;
using model::PathId;

namespace {

// As many links as Linux follows in one path (MAXSYMLINKS), and as many steps as a path of PATH_MAX can have.
constexpr int kMaxHops = 40;
constexpr std::size_t kMaxSteps = 4'096;

// Puts the components of `target` before those that are left; the next one is last.
void push_components(std::string_view target, std::vector<std::string>& left) {
  while (!target.empty()) {
    const auto slash = target.rfind('/');
    const auto component = slash == std::string_view::npos ? target : target.substr(slash + 1);
    if (!component.empty() && component != ".") left.emplace_back(component);
    target = slash == std::string_view::npos ? std::string_view() : target.substr(0, slash);
  }
}

}  // namespace

FinalTree::FinalTree(const model::Image& image, const MergedTree& tree)
    : image_(image), tree_(tree), holders_(image.paths.size(), kNoEntry), present_(image.paths.size()) {
  const EntryId count = tree.layer_begin.back();
  for (std::uint32_t layer = 0; layer < image.layers.size(); ++layer)
    for (EntryId id = tree.layer_begin[layer]; id < tree.layer_begin[layer + 1] && id < count; ++id) {
      if (tree.names[id].fate != Fate::live) continue;
      if (image.layers[layer].entries[id - tree.layer_begin[layer]].role != EntryRole::content) continue;
      holders_[tree.resolved[id]] = id;
      for (PathId path = tree.resolved[id]; path != kRootPath && !present_[path];
           path = image.paths.parent(path))
        present_[path] = true;
    }
}

std::optional<PathId> FinalTree::resolve(std::string_view path) const {
  std::vector<std::string> left;
  push_components(path, left);
  PathId at = kRootPath;
  int hops = 0;
  for (std::size_t step = 0; !left.empty(); ++step) {
    if (step > kMaxSteps) return std::nullopt;
    const std::string name = std::move(left.back());
    left.pop_back();
    if (name == "..") {
      at = at == kRootPath ? kRootPath : image_.paths.parent(at);
      continue;
    }
    const auto next = image_.paths.find_child(at, name);
    if (!next || !exists(*next)) return std::nullopt;
    const EntryId id = holder(*next);
    if (id == kNoEntry || entry(id).kind != EntryKind::symlink) {
      at = *next;
      continue;
    }
    if (++hops > kMaxHops) return std::nullopt;
    const auto target = image_.link_target(entry(id));
    if (target.starts_with('/')) at = kRootPath;
    push_components(target, left);
  }
  return at;
}

EntryId FinalTree::file_at(std::string_view path) const {
  const auto found = resolve(path);
  if (!found) return kNoEntry;
  const EntryId id = holder(*found);
  return id == kNoEntry ? kNoEntry : file_of(id);
}

void FinalTree::children(PathId folder, const std::function<void(PathId)>& visit) const {
  // The table lists the newest first.
  std::vector<PathId> found;
  for (PathId child = image_.paths.first_child(folder); child != kNoPath;
       child = image_.paths.next_sibling(child))
    if (exists(child)) found.push_back(child);
  std::for_each(found.rbegin(), found.rend(), visit);
}

void FinalTree::each(const std::function<void(PathId, EntryId)>& visit) const {
  std::vector<PathId> stack = {kRootPath};
  while (!stack.empty()) {
    const PathId path = stack.back();
    stack.pop_back();
    if (const EntryId id = holder(path); id != kNoEntry) visit(path, id);
    // The newest child is first in the table's list, so the oldest is visited first.
    for (PathId child = image_.paths.first_child(path); child != kNoPath;
         child = image_.paths.next_sibling(child))
      if (exists(child)) stack.push_back(child);
  }
}

}  // namespace crtune::analysis
