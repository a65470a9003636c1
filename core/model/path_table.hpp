// Every path of an image once, as a number: parent and name, so that a million paths stay small.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::model {

using PathId = std::uint32_t;
inline constexpr PathId kRootPath = 0;
inline constexpr PathId kNoPath = UINT32_MAX;

class PathTable {
 public:
  PathTable();

  // Makes room for so many paths at once; only speed changes.
  void reserve(std::size_t paths);
  // The path `name` below `parent`, made if it is new. `name` has no slash and is not empty.
  PathId child(PathId parent, std::string_view name);
  // The same, or nothing where no such path was ever made.
  std::optional<PathId> find_child(PathId parent, std::string_view name) const;
  // A path with components between single slashes, none of them "." or ".."; "" is the root.
  PathId intern(std::string_view path);
  // The cleaned form of `name` as archives write names: rooted, without ".", "..", or doubled slashes, e.g.
  // "usr/lib".
  // ".." at the root stays at the root.
  static std::string clean(std::string_view name);

  PathId parent(PathId path) const { return nodes_[path].parent; }
  // The last component; empty for the root. Valid until the next call that makes a path.
  std::string_view name(PathId path) const {
    return std::string_view(names_).substr(nodes_[path].name_offset, nodes_[path].name_size);
  }
  // "/usr/lib/x"; "/" for the root.
  std::string text(PathId path) const;
  // The paths made below `path`, linked; kNoPath ends the list.
  PathId first_child(PathId path) const { return nodes_[path].first_child; }
  PathId next_sibling(PathId path) const { return nodes_[path].next_sibling; }
  std::size_t size() const { return nodes_.size(); }

 private:
  struct Node {
    PathId parent = kNoPath;
    PathId first_child = kNoPath;
    PathId next_sibling = kNoPath;
    std::uint32_t name_offset = 0;
    std::uint16_t name_size = 0;
  };

  // Open addressing: a free slot has kNoPath. The hash spares looking at the path itself.
  struct Slot {
    PathId path = kNoPath;
    std::uint32_t hash = 0;
  };

  static std::uint32_t hash_of(PathId parent, std::string_view name);
  std::size_t slot_for(std::uint32_t hash, PathId parent, std::string_view name) const;
  void rebuild(std::size_t slots);

  std::vector<Node> nodes_;
  std::string names_;
  std::vector<Slot> slots_;
  std::string last_folder_;  // archives list a folder's files together, so its path is looked up once
  PathId last_folder_id_ = kRootPath;
};

}  // namespace crtune::model
