#include "core/model/path_table.hpp"

#include <algorithm>
#include <functional>

namespace crtune::model {

PathTable::PathTable() : nodes_(1), slots_(1024, kNoPath) {}

std::size_t PathTable::slot_for(PathId parent, std::string_view name) const {
  const std::size_t mixed =
      std::hash<std::string_view>{}(name) ^ (static_cast<std::size_t>(parent) * 0x9E3779B97F4A7C15ULL);
  std::size_t slot = (mixed ^ (mixed >> 32U)) & (slots_.size() - 1);
  while (slots_[slot] != kNoPath) {
    const Node& node = nodes_[slots_[slot]];
    if (node.parent == parent && this->name(slots_[slot]) == name) break;
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void PathTable::grow() {
  slots_.assign(slots_.size() * 2, kNoPath);
  for (PathId path = 1; path < nodes_.size(); ++path)
    slots_[slot_for(nodes_[path].parent, name(path))] = path;
}

PathId PathTable::child(PathId parent, std::string_view name) {
  std::size_t slot = slot_for(parent, name);
  if (slots_[slot] != kNoPath) return slots_[slot];
  if (nodes_.size() * 10 > slots_.size() * 7) {
    grow();
    slot = slot_for(parent, name);
  }
  const auto path = static_cast<PathId>(nodes_.size());
  nodes_.push_back({.parent = parent,
                    .next_sibling = nodes_[parent].first_child,
                    .name_offset = static_cast<std::uint32_t>(names_.size()),
                    .name_size = static_cast<std::uint16_t>(name.size())});
  names_ += name;
  nodes_[parent].first_child = path;
  slots_[slot] = path;
  return path;
}

std::optional<PathId> PathTable::find_child(PathId parent, std::string_view name) const {
  const PathId path = slots_[slot_for(parent, name)];
  return path == kNoPath ? std::nullopt : std::optional(path);
}

PathId PathTable::intern(std::string_view path) {
  if (path.empty()) return kRootPath;
  const auto slash = path.rfind('/');
  const auto folder = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  const auto name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (folder != last_folder_) {
    PathId id = kRootPath;
    std::string_view rest = folder;
    while (!rest.empty()) {
      const auto end = rest.find('/');
      id = child(id, rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    last_folder_ = folder;
    last_folder_id_ = id;
  }
  return child(last_folder_id_, name);
}

std::string PathTable::clean(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  while (!name.empty()) {
    const auto slash = name.find('/');
    const auto component = name.substr(0, slash);
    if (component == "..") {
      const auto cut = out.rfind('/');
      out.resize(cut == std::string::npos ? 0 : cut);
    } else if (!component.empty() && component != ".") {
      if (!out.empty()) out += '/';
      out += component;
    }
    name.remove_prefix(slash == std::string_view::npos ? name.size() : slash + 1);
  }
  return out;
}

std::string PathTable::text(PathId path) const {
  if (path == kRootPath) return "/";
  std::vector<PathId> chain;
  for (; path != kRootPath; path = parent(path)) chain.push_back(path);
  std::string out;
  for (auto it = chain.rbegin(); it != chain.rend(); ++it) out.append(1, '/').append(name(*it));
  return out;
}

}  // namespace crtune::model
