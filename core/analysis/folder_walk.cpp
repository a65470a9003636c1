#include "core/analysis/folder_walk.hpp"

#include <utility>

namespace crtune::analysis {

using model::kRootPath;
using model::PathId;

namespace {

// As many links as Linux follows in one path (MAXSYMLINKS).
constexpr int kMaxHops = 40;

}  // namespace

FolderWalk::FolderWalk(const model::PathTable& paths, PathId lexical) : paths_(paths) {
  for (; lexical != kRootPath; lexical = paths.parent(lexical)) names_.emplace_back(paths.name(lexical));
}

std::string FolderWalk::step() {
  std::string name = std::move(names_.back());
  names_.pop_back();
  if (name != "..") return name;
  if (at_ != kRootPath) {
    at_ = paths_.parent(at_);
    --depth_;
  }
  return {};
}

void FolderWalk::enter(PathId folder) {
  at_ = folder;
  ++depth_;
}

bool FolderWalk::follow(std::string_view target) {
  if (hops_ == kMaxHops) return false;
  ++hops_;
  if (target.starts_with('/')) {
    at_ = kRootPath;
    depth_ = 0;
  }
  while (!target.empty()) {
    const auto slash = target.rfind('/');
    const auto name = slash == std::string_view::npos ? target : target.substr(slash + 1);
    if (!name.empty() && name != ".") names_.emplace_back(name);
    target = slash == std::string_view::npos ? std::string_view() : target.substr(0, slash);
  }
  return true;
}

}  // namespace crtune::analysis
