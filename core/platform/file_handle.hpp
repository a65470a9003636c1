// A file descriptor with an owner, and the reads and writes that retry what the kernel interrupts.
#pragma once

#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace crtune::platform {

class FileHandle {
 public:
  FileHandle() = default;
  explicit FileHandle(int descriptor) : descriptor_(descriptor) {}
  FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept;
  FileHandle(const FileHandle&) = delete;
  FileHandle& operator=(const FileHandle&) = delete;
  ~FileHandle();

  int descriptor() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }
  // Closes and tells whether that worked: a failed close is a failed write.
  base::Status close();

 private:
  int descriptor_ = -1;
};

// The pipe that `path` leads to: /dev/stdin, or a shell's <(…). Nothing if it is anything else, a FIFO in a
// folder too: that may have no writer. Errors: unreadable.
base::Result<std::optional<FileHandle>> open_pipe(const std::string& path);

// A regular file opened for reading at any offset. Thread-safe: reads carry their own offset.
class InputFile {
 public:
  // Follows links, never blocks on a FIFO. Errors: not_found, unreadable, unsupported for anything but a
  // regular file.
  static base::Result<InputFile> open(const std::string& path);
  // The same of a file below a folder (a blob of an image layout), but refuses where `name` or a folder of it
  // is a symbolic link.
  static base::Result<InputFile> open_below(const std::string& folder, std::string_view name);

  std::uint64_t size() const { return size_; }
  const std::string& path() const { return path_; }
  // Fills as much of `buffer` as the file holds from `offset` on; fewer bytes mean the end of the file.
  base::Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> buffer) const;

 private:
  static base::Result<InputFile> open_at(int folder, const std::string& name, const std::string& path,
                                         int flags);

  FileHandle handle_;
  std::uint64_t size_ = 0;
  std::string path_;
};

// An unreadable error that carries the operating system's reason for `errno_value`.
tl::unexpected<base::Error> system_failure(const std::string& path, std::string_view action, int errno_value);

}  // namespace crtune::platform
