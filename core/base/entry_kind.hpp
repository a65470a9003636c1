// What an entry of a file tree is.
#pragma once

#include <cstdint>
#include <string_view>

namespace crtune::base {

enum class EntryKind : std::uint8_t { file, directory, symlink, hardlink, char_device, block_device, fifo };

// The word that JSON reports use: file, dir, symlink, hardlink, char, block, fifo.
constexpr std::string_view kind_word(EntryKind kind) {
  switch (kind) {
    case EntryKind::file: return "file";
    case EntryKind::directory: return "dir";
    case EntryKind::symlink: return "symlink";
    case EntryKind::hardlink: return "hardlink";
    case EntryKind::char_device: return "char";
    case EntryKind::block_device: return "block";
    case EntryKind::fifo: return "fifo";
  }
  return "file";
}

}  // namespace crtune::base
