// The few things cloudrun-tune asks of a file system. platform/files.hpp has the real one, tests have one in
// memory.
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::base {

enum class FileKind : std::uint8_t { absent, regular, directory, symlink, other };

struct DirectoryEntry {
  std::string name;  // without its folder
  FileKind kind = FileKind::other;
};

class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  // What stands at `path`; a symbolic link is not followed.
  virtual FileKind kind(const std::string& path) = 0;
  // The whole regular file (a link is followed). Errors: not_found, unreadable, limit when it has over
  // `max_bytes`.
  virtual Result<std::string> read(const std::string& path, std::uint64_t max_bytes) = 0;
  // The entries of a folder in byte order of their names, without "." and "..". Errors: not_found,
  // unreadable.
  virtual Result<std::vector<DirectoryEntry>> list(const std::string& path) = 0;
  // Writes the whole file or leaves the old one: temporary file, fsync, rename. Never through a symbolic
  // link, and with `Replace::no` never over an existing file. Errors: unreadable, with the reason.
  enum class Replace : std::uint8_t { no, yes };
  virtual Status write(const std::string& path, std::string_view content, Replace replace) = 0;
};

}  // namespace crtune::base
