#include "core/platform/atomic_file.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace crtune::platform {

using base::Result;
using base::Status;

namespace {

std::string folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// The mode a plain open() would have given: umask can only be read by setting it, so ask a fresh descriptor
// instead.
mode_t wanted_mode(const std::string& path) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) return status.st_mode & 07777U;
  return 0;
}

}  // namespace

Result<AtomicFile> AtomicFile::create(const std::string& path) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    return base::fail(
        base::ErrorCode::unreadable,
        S_ISLNK(status.st_mode) ? "will not write through a symbolic link" : "this is not a regular file",
        {.file = path});
  AtomicFile file;
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::string name = fmt::format("{}.crt-{}-{}", path, ::getpid(), attempt);
    file.handle_ =
        FileHandle(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (file.handle_.is_open()) {
      file.path_ = path;
      file.temporary_ = std::move(name);
      return file;
    }
    if (errno != EEXIST) return system_failure(path, "write", errno);
  }
  return system_failure(path, "write", EEXIST);
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : handle_(std::move(other.handle_)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Status AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(handle_.descriptor(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_failure(path_, "write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status AtomicFile::commit(base::Files::Replace replace) {
  if (const mode_t mode = wanted_mode(path_); mode != 0 && ::fchmod(handle_.descriptor(), mode) != 0)
    return system_failure(path_, "set the mode of", errno);
  if (::fsync(handle_.descriptor()) != 0) return system_failure(path_, "write", errno);
  CRT_TRY(handle_.close());
  if (replace == base::Files::Replace::yes) {
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return system_failure(path_, "write", errno);
    temporary_.clear();
  } else {
    // link() fails where the name exists, which rename() would silently replace.
    if (::link(temporary_.c_str(), path_.c_str()) != 0) return system_failure(path_, "create", errno);
  }
  const FileHandle folder(::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) ::fsync(folder.descriptor());
  return {};
}

}  // namespace crtune::platform
