#include "core/platform/file_handle.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
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

Result<InputFile> InputFile::open(const std::string& path) {
  return open_with(path, 0);
}
Result<InputFile> InputFile::open_no_follow(const std::string& path) {
  return open_with(path, O_NOFOLLOW);
}

Result<InputFile> InputFile::open_with(const std::string& path, int flags) {
  InputFile file;
  // Not touching the access time saves work on every read; only a file's owner may ask for it.
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  file.handle_ = FileHandle(::open(path.c_str(), kFlags | O_NOATIME | flags));
  if (!file.handle_.is_open() && errno == EPERM)
    file.handle_ = FileHandle(::open(path.c_str(), kFlags | flags));
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
