#include "core/source/archive_members.hpp"

#include "core/base/escape.hpp"
#include "core/platform/tar_reader.hpp"
#include "core/source/layer_scan.hpp"
#include "core/source/member_names.hpp"

#include <fmt/format.h>

namespace crtune::source {

using base::ErrorCode;
using base::Result;

namespace {

class ArchiveMembers final : public MemberStore {
 public:
  explicit ArchiveMembers(platform::InputFile file) : file_(std::move(file)) {}

  base::Status index(const platform::TarLimits& limits) {
    platform::FileRegionSource source(file_, 0, file_.size());
    platform::TarReader reader(source, file_.path(), 0, limits);
    while (true) {
      CRT_ASSIGN(const platform::TarEntry* entry, reader.next());
      if (entry == nullptr) break;
      CRT_TRY(names_.add(*entry, static_cast<std::uint32_t>(regions_.size()), file_.path()));
      regions_.push_back({entry->data_offset, entry->size});
      if (entry->data_offset + entry->size > file_.size())
        return base::fail(ErrorCode::damaged,
                          fmt::format("the archive ends within '{}'", base::one_line(entry->name, 80)),
                          {.file = file_.path(), .offset = file_.size()});
    }
    return reader.finish().map([](const auto&) {});
  }

  const std::string& label() const override { return file_.path(); }
  bool has(const std::string& member) const override {
    const auto found = names_.find(member, file_.path());
    return found && *found != nullptr;
  }
  std::optional<std::uint64_t> stored_size(const std::string& member) const override {
    const auto region = find(member);
    return region ? std::optional(region->size) : std::nullopt;
  }

  Result<std::string> document(const std::string& member) override {
    CRT_ASSIGN(const Extent region, find(member));
    if (region.size > kMaxDocument)
      return base::fail(ErrorCode::limit,
                        fmt::format("'{}' has {} bytes, the limit is {}", base::one_line(member, 80),
                                    region.size, kMaxDocument),
                        {.file = file_.path(), .offset = region.offset});
    std::string text(region.size, '\0');
    CRT_ASSIGN(const std::size_t count,
               file_.read_at(region.offset, std::as_writable_bytes(std::span(text))));
    if (count < text.size())
      return base::fail(ErrorCode::damaged, "the archive became shorter while it was read",
                        {.file = file_.path()});
    return text;
  }

  Result<LayerScan> scan_layer(const std::string& member, const ScanOptions& options) override {
    CRT_ASSIGN(const Extent region, find(member));
    const LayerInput input = {.file = file_.path(), .base_offset = region.offset, .stored_size = region.size};
    return scan_layer_region(file_, input, options);
  }

  Region raw_region(const std::string& member) override {
    const auto region = find(member);
    return region ? Region{&file_, region->offset} : Region{};
  }

 private:
  struct Extent {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };

  Result<Extent> find(const std::string& member) const {
    CRT_ASSIGN(const std::uint32_t* number, names_.find(member, file_.path()));
    if (number == nullptr)
      return base::fail(
          ErrorCode::invalid,
          fmt::format("the image names '{}', which is not in the archive", base::one_line(member, 100)),
          {.file = file_.path()}, "the archive is incomplete; save the image again");
    return regions_[*number];
  }

  platform::InputFile file_;
  MemberNames names_;
  std::vector<Extent> regions_;
};

}  // namespace

Result<std::unique_ptr<MemberStore>> index_archive(platform::InputFile file,
                                                   const platform::TarLimits& limits) {
  auto members = std::make_unique<ArchiveMembers>(std::move(file));
  CRT_TRY(members->index(limits));
  return members;
}

}  // namespace crtune::source
