#include "core/platform/file_handle.hpp"

#include <fmt/format.h>
#include <linux/magic.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace crtune::platform {

using base::ErrorCode;
using base::Result;

FileHandle& FileHandle::operator=(FileHandle&& other) noexcept {
  if (this != &other) {
    if (is_open()) ::close(descriptor_);
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

FileHandle::~FileHandle() {
  if (is_open()) ::close(descriptor_);
}

base::Status FileHandle::close() {
  if (::close(std::exchange(descriptor_, -1)) != 0 && errno != EINTR)
    return system_failure("", "close", errno);
  return {};
}

tl::unexpected<base::Error> system_failure(const std::string& path, std::string_view action,
                                           int errno_value) {
  const ErrorCode code =
      errno_value == ENOENT || errno_value == ENOTDIR ? ErrorCode::not_found : ErrorCode::unreadable;
  return base::fail(code, fmt::format("cannot {}: {}", action, std::generic_category().message(errno_value)),
                    {.file = path});
}

Result<std::optional<FileHandle>> open_pipe(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISFIFO(status.st_mode)) return std::nullopt;
  // Without waiting, because a FIFO in a folder may have no writer and then never will have one.
  FileHandle handle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!handle.is_open()) return system_failure(path, "open", errno);
  struct statfs system = {};
  if (::fstatfs(handle.descriptor(), &system) != 0 || system.f_type != PIPEFS_MAGIC) return std::nullopt;
  if (::fcntl(handle.descriptor(), F_SETFL, 0) != 0) return system_failure(path, "open", errno);
  return handle;
}

Result<InputFile> InputFile::open(const std::string& path) {
  return open_at(AT_FDCWD, path, path, 0);
}

Result<InputFile> InputFile::open_below(const std::string& folder, std::string_view name) {
  const std::string path = folder + "/" + std::string(name);
  FileHandle at(::open(folder.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (!at.is_open()) return system_failure(path, "open", errno);
  for (auto slash = name.find('/'); slash != std::string_view::npos; slash = name.find('/')) {
    const std::string component(name.substr(0, slash));
    at = FileHandle(
        ::openat(at.descriptor(), component.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW));
    if (!at.is_open()) return system_failure(path, "open", errno);
    name.remove_prefix(slash + 1);
  }
  return open_at(at.descriptor(), std::string(name), path, O_NOFOLLOW);
}

Result<InputFile> InputFile::open_at(int folder, const std::string& name, const std::string& path,
                                     int flags) {
  InputFile file;
  // Not touching the access time saves work on every read; only a file's owner may ask for it.
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  file.handle_ = FileHandle(::openat(folder, name.c_str(), kFlags | O_NOATIME | flags));
  if (!file.handle_.is_open() && errno == EPERM)
    file.handle_ = FileHandle(::openat(folder, name.c_str(), kFlags | flags));
  if (!file.handle_.is_open()) return system_failure(path, "open", errno);
  struct stat status = {};
  if (::fstat(file.handle_.descriptor(), &status) != 0) return system_failure(path, "stat", errno);
  if (!S_ISREG(status.st_mode))
    return base::fail(ErrorCode::unsupported,
                      S_ISDIR(status.st_mode) ? "this is a folder" : "this is not a regular file",
                      {.file = path});
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  file.path_ = path;
  return file;
}

Result<std::size_t> InputFile::read_at(std::uint64_t offset, std::span<std::byte> buffer) const {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t count = ::pread(handle_.descriptor(), buffer.data() + filled, buffer.size() - filled,
                                  static_cast<off_t>(offset + filled));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure(path_, "read", errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

}  // namespace crtune::platform
