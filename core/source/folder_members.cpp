#include "core/source/folder_members.hpp"

#include "core/base/escape.hpp"
#include "core/source/layer_scan.hpp"

#include <fmt/format.h>

#include <map>
#include <mutex>

namespace crtune::source {

using base::ErrorCode;
using base::Result;

namespace {

class FolderMembers final : public MemberStore {
 public:
  explicit FolderMembers(std::string folder) : folder_(std::move(folder)) {}

  const std::string& label() const override { return folder_; }
  bool has(const std::string& member) const override {
    return platform::InputFile::open_no_follow(path(member)).has_value();
  }
  std::optional<std::uint64_t> stored_size(const std::string& member) const override {
    const auto file = platform::InputFile::open_no_follow(path(member));
    return file ? std::optional(file->size()) : std::nullopt;
  }

  Result<std::string> document(const std::string& member) override {
    CRT_ASSIGN(const platform::InputFile file, open(member));
    if (file.size() > kMaxDocument)
      return base::fail(ErrorCode::limit,
                        fmt::format("the document has {} bytes, the limit is {}", file.size(), kMaxDocument),
                        {.file = file.path()});
    std::string text(file.size(), '\0');
    CRT_ASSIGN(const std::size_t count, file.read_at(0, std::as_writable_bytes(std::span(text))));
    text.resize(count);
    return text;
  }

  Result<LayerScan> scan_layer(const std::string& member, const ScanOptions& options) override {
    CRT_ASSIGN(const platform::InputFile file, open(member));
    return scan_layer_region(file, {.file = file.path(), .base_offset = 0, .stored_size = file.size()},
                             options);
  }

  Region raw_region(const std::string& member) override {
    const std::lock_guard lock(mutex_);
    const auto [at, is_new] = kept_.try_emplace(member);
    if (is_new)
      if (auto file = open(member)) at->second = std::make_unique<platform::InputFile>(std::move(*file));
    return {at->second.get(), 0};
  }

 private:
  std::string path(const std::string& member) const { return folder_ + "/" + member; }

  Result<platform::InputFile> open(const std::string& member) const {
    auto file = platform::InputFile::open_no_follow(path(member));
    if (file) return file;
    if (file.error().code == ErrorCode::not_found)
      return base::fail(
          ErrorCode::invalid,
          fmt::format("the image names '{}', which is not in the folder", base::one_line(member, 100)),
          {.file = folder_}, "the image layout is incomplete; copy the image again");
    return base::fail(ErrorCode::invalid, "this is not a regular file", {.file = path(member)});
  }

  std::string folder_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<platform::InputFile>> kept_;
};

}  // namespace

std::unique_ptr<MemberStore> open_folder(std::string folder) {
  return std::make_unique<FolderMembers>(std::move(folder));
}

}  // namespace crtune::source
