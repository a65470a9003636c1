#include "core/platform/files.hpp"

#include "core/platform/atomic_file.hpp"
#include "core/platform/file_handle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace crtune::platform {

namespace fs = std::filesystem;
using base::DirectoryEntry;
using base::FileKind;
using base::Result;

namespace {

FileKind kind_of(const fs::file_status& status) {
  switch (status.type()) {
    case fs::file_type::none:
    case fs::file_type::not_found: return FileKind::absent;
    case fs::file_type::regular: return FileKind::regular;
    case fs::file_type::directory: return FileKind::directory;
    case fs::file_type::symlink: return FileKind::symlink;
    default: return FileKind::other;
  }
}

}  // namespace

FileKind RealFiles::kind(const std::string& path) {
  std::error_code error;
  return kind_of(fs::symlink_status(path, error));
}

Result<std::string> RealFiles::read(const std::string& path, std::uint64_t max_bytes) {
  CRT_ASSIGN(const InputFile file, InputFile::open(path));
  if (file.size() > max_bytes)
    return base::fail(base::ErrorCode::limit,
                      fmt::format("the file has {} bytes, the limit is {}", file.size(), max_bytes),
                      {.file = path});
  std::string content(file.size(), '\0');
  CRT_ASSIGN(const std::size_t count, file.read_at(0, std::as_writable_bytes(std::span(content))));
  content.resize(count);
  return content;
}

Result<std::vector<DirectoryEntry>> RealFiles::list(const std::string& path) {
  std::error_code error;
  std::vector<DirectoryEntry> entries;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    entries.push_back({it->path().filename().string(), kind_of(it->symlink_status(ignored))});
  }
  if (error) return system_failure(path, "list", error.value());
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

base::Status RealFiles::write(const std::string& path, std::string_view content, Replace replace) {
  CRT_ASSIGN(AtomicFile file, AtomicFile::create(path));
  CRT_TRY(file.write(content));
  return file.commit(replace);
}

}  // namespace crtune::platform
