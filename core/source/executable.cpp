#include "core/source/executable.hpp"

#include <fmt/format.h>

namespace crtune::source {

using base::ErrorCode;
using base::Result;

namespace {

class ExecutableMember final : public MemberStore {
 public:
  explicit ExecutableMember(platform::InputFile file) : file_(std::move(file)) {}

  const std::string& label() const override { return file_.path(); }
  bool has(const std::string& member) const override { return member == file_.path(); }
  Result<std::string> document(const std::string& member) override { return no_layer<std::string>(member); }
  std::optional<std::uint64_t> stored_size(const std::string&) const override { return file_.size(); }
  Result<LayerScan> scan_layer(const std::string& member, const ScanOptions&) override {
    return no_layer<LayerScan>(member);
  }
  Region raw_region(const std::string&) override { return {&file_, 0}; }

 private:
  template <typename T>
  Result<T> no_layer(const std::string& member) const {
    return base::fail(ErrorCode::internal, fmt::format("an executable has no '{}'", member),
                      {.file = file_.path()});
  }

  platform::InputFile file_;
};

}  // namespace

Result<OpenedImage> open_executable(const std::string& path) {
  CRT_ASSIGN(platform::InputFile file, platform::InputFile::open(path));
  if (file.size() > model::kMaxInspectedBinary)
    return base::fail(
        ErrorCode::limit,
        fmt::format("the executable has {} bytes, the limit is {}", file.size(), model::kMaxInspectedBinary),
        {.file = path});
  model::Image image;
  image.source = path;
  const std::string name = path.substr(path.rfind('/') + 1);
  image.config.entrypoint = {"/" + name};
  model::Layer layer;
  layer.member = path;
  layer.stored_bytes = layer.tar_bytes = layer.content_bytes = file.size();
  model::LayerEntry entry;
  entry.size = file.size();
  entry.mode = 0755;
  entry.path = entry.archived_path = image.paths.intern(name);
  layer.entries.push_back(entry);
  layer.unread_binaries.push_back(0);
  image.layers.push_back(std::move(layer));
  auto members = std::make_unique<ExecutableMember>(std::move(file));
  auto contents = make_content_reader(*members);
  return OpenedImage{std::move(members), std::move(image), std::move(contents)};
}

std::vector<std::byte> first_bytes(const std::string& path, std::size_t count) {
  std::vector<std::byte> head(count);
  auto file = platform::InputFile::open(path);
  if (!file) return {};
  const auto filled = file->read_at(0, head);
  head.resize(filled ? *filled : 0);
  return head;
}

}  // namespace crtune::source
