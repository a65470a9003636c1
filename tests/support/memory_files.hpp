// base::Files in memory, for tests.
#pragma once

#include "core/base/files.hpp"
#include "core/base/path.hpp"

#include <map>
#include <set>
#include <string>

namespace crtune::test {

class MemoryFiles final : public base::Files {
 public:
  MemoryFiles() = default;
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  base::FileKind kind(const std::string& path) override {
    const std::string name = clean(path);
    if (links_.contains(name)) return base::FileKind::symlink;
    if (files_.contains(name)) return base::FileKind::regular;
    const auto below = files_.lower_bound(name + "/");
    const bool folder = below != files_.end() && below->first.starts_with(name + "/");
    return folder ? base::FileKind::directory : base::FileKind::absent;
  }
  base::Result<std::string> read(const std::string& path, std::uint64_t max_bytes) override {
    const auto found = files_.find(clean(path));
    if (found == files_.end()) return base::fail(base::ErrorCode::not_found, "no such file", {.file = path});
    if (found->second.size() > max_bytes)
      return base::fail(base::ErrorCode::limit, "too large", {.file = path});
    return found->second;
  }
  base::Result<std::vector<base::DirectoryEntry>> list(const std::string& path) override {
    const std::string folder = clean(path) + "/";
    std::map<std::string, base::FileKind> names;
    for (const auto& [name, text] : files_) {
      if (!name.starts_with(folder)) continue;
      const std::string rest = name.substr(folder.size());
      const bool file = rest.find('/') == std::string::npos;
      names.emplace(rest.substr(0, rest.find('/')),
                    file ? base::FileKind::regular : base::FileKind::directory);
    }
    for (const auto& name : links_)
      if (name.starts_with(folder)) names[name.substr(folder.size())] = base::FileKind::symlink;
    std::vector<base::DirectoryEntry> entries;
    for (const auto& [name, entry_kind] : names) entries.push_back({name, entry_kind});
    return entries;
  }
  base::Status write(const std::string& path, std::string_view content, Replace replace) override {
    if (replace == Replace::no && files_.contains(clean(path)))
      return base::fail(base::ErrorCode::unreadable, "exists", {.file = path});
    files_[clean(path)] = content;
    return {};
  }

  void add_link(const std::string& path) { links_.insert(path); }
  const std::map<std::string, std::string>& all() const { return files_; }

 private:
  static std::string clean(const std::string& path) { return base::join_path("", path); }

  std::map<std::string, std::string> files_;
  std::set<std::string> links_;
};

}  // namespace crtune::test
