// A file that appears whole or not at all.
#pragma once

#include "core/base/files.hpp"
#include "core/platform/file_handle.hpp"

#include <string>
#include <string_view>

namespace crtune::platform {

// Writes to a temporary file beside `path`; commit() makes it durable and renames it. Without commit() the
// destructor removes it.
class AtomicFile {
 public:
  // Errors: unreadable when the folder cannot be written or `path` is a symbolic link or a folder.
  static base::Result<AtomicFile> create(const std::string& path);

  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  base::Status write(std::string_view bytes);
  // fsync, chmod 0666 less the umask (an existing file keeps its mode), rename, fsync of the folder.
  // With Replace::no an existing file is left alone and reported.
  base::Status commit(base::Files::Replace replace);

 private:
  AtomicFile() = default;

  FileHandle handle_;
  std::string path_;
  std::string temporary_;  // empty once committed
};

}  // namespace crtune::platform
