#include "core/model/path_table.hpp"

#include <bit>
#include <functional>

namespace crtune::model {

namespace {

// Most names of an archive are: no component is empty or starts with a dot.
bool is_clean(std::string_view name) {
  bool at_start = true;
  for (const char byte : name) {
    if (at_start && (byte == '/' || byte == '.')) return false;
    at_start = byte == '/';
  }
  return !at_start;
}

}  // namespace

PathTable::PathTable() : nodes_(1), slots_(1024) {}

std::uint32_t PathTable::hash_of(PathId parent, std::string_view name) {
  const std::size_t mixed =
      std::hash<std::string_view>{}(name) ^ (static_cast<std::size_t>(parent) * 0x9E3779B97F4A7C15ULL);
  return static_cast<std::uint32_t>(mixed ^ (mixed >> 32U));
}

std::size_t PathTable::slot_for(std::uint32_t hash, PathId parent, std::string_view name) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].path != kNoPath) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && nodes_[slot.path].parent == parent && this->name(slot.path) == name) break;
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

void PathTable::rebuild(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.path == kNoPath) continue;
    std::size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].path != kNoPath) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

void PathTable::reserve(std::size_t paths) {
  nodes_.reserve(paths);
  const std::size_t wanted = std::bit_ceil(paths * 10 / 7 + 1);
  if (wanted > slots_.size()) rebuild(wanted);
}

PathId PathTable::child(PathId parent, std::string_view name) {
  const std::uint32_t hash = hash_of(parent, name);
  std::size_t at = slot_for(hash, parent, name);
  if (slots_[at].path != kNoPath) return slots_[at].path;
  if (nodes_.size() * 10 > slots_.size() * 7) {
    rebuild(slots_.size() * 2);
    at = slot_for(hash, parent, name);
  }
  const auto path = static_cast<PathId>(nodes_.size());
  nodes_.push_back({.parent = parent,
                    .next_sibling = nodes_[parent].first_child,
                    .name_offset = static_cast<std::uint32_t>(names_.size()),
                    .name_size = static_cast<std::uint16_t>(name.size())});
  names_ += name;
  nodes_[parent].first_child = path;
  slots_[at] = {path, hash};
  return path;
}

std::optional<PathId> PathTable::find_child(PathId parent, std::string_view name) const {
  const PathId path = slots_[slot_for(hash_of(parent, name), parent, name)].path;
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
  if (name.starts_with("./")) name.remove_prefix(2);
  if (name.ends_with('/')) name.remove_suffix(1);
  if (is_clean(name)) return std::string(name);
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
