#include "tests/support/image_in_memory.hpp"

#include <functional>

namespace crtune::test {

using base::EntryKind;
using model::EntryRole;

ImageInMemory::ImageInMemory(const std::vector<Items>& layers) {
  for (const auto& items : layers) {
    model::Layer layer;
    contents_.emplace_back();
    for (const auto& item : items) add(item, layer);
    layer.tar_bytes = layer.content_bytes + 1024;
    layer.stored_bytes = layer.tar_bytes;
    image.layers.push_back(std::move(layer));
  }
}

void ImageInMemory::add(const Item& item, model::Layer& layer) {
  std::string path = item.path;
  model::LayerEntry entry;
  entry.mode = item.mode;
  entry.mtime_seconds = item.mtime;
  for (const auto& [arrow, kind] : {std::pair{" -> ", EntryKind::symlink}, {" => ", EntryKind::hardlink}}) {
    const auto at = path.find(arrow);
    if (at == std::string::npos) continue;
    entry.kind = kind;
    entry.link_offset = static_cast<std::uint32_t>(image.link_targets.size());
    entry.link_size = static_cast<std::uint32_t>(path.size() - at - 4);
    image.link_targets += path.substr(at + 4);
    path.resize(at);
  }
  if (path.ends_with('/')) entry.kind = EntryKind::directory;
  entry.archived_path = entry.path = image.paths.intern(model::PathTable::clean(path));
  const std::string name(image.paths.name(entry.path));
  if (name == ".wh..wh..opq") {
    entry.role = EntryRole::opaque;
    entry.path = image.paths.parent(entry.archived_path);
  } else if (name.starts_with(".wh.")) {
    entry.role = EntryRole::whiteout;
    entry.path = image.paths.child(image.paths.parent(entry.archived_path), name.substr(4));
  }
  entry.size = item.size == UINT64_MAX ? item.content.size() : item.size;
  layer.content_bytes += entry.size;
  layer.entries.push_back(entry);
  contents_.back().push_back(item.content);
}

base::Result<std::vector<char>> ImageInMemory::same_content(const model::Image&,
                                                            std::span<const model::ContentPair> pairs) {
  std::vector<char> same;
  for (const auto& [first, second] : pairs)
    same.push_back(contents_[first.layer][first.index] == contents_[second.layer][second.index] ? 1 : 0);
  return same;
}

base::Result<ImageInMemory::Hashes> ImageInMemory::hashes(const model::Image&,
                                                          std::span<const model::EntryRef> files, Depth) {
  Hashes out;
  for (const auto& file : files)
    out.values.push_back({std::hash<std::string>{}(contents_[file.layer][file.index]), 0});
  return out;
}

base::Result<std::vector<model::FileFacts>> ImageInMemory::inspect(const model::Image&,
                                                                   std::span<const model::EntryRef> files,
                                                                   const model::FileInspector& inspector) {
  std::vector<model::FileFacts> facts;
  for (const auto& ref : files) {
    const auto& entry = image.layers[ref.layer].entries[ref.index];
    const std::string path = image.paths.text(entry.archived_path).substr(1);
    const std::string& content = contents_[ref.layer][ref.index];
    const model::FileTraits file = {.path = path, .size = content.size(), .mode = entry.mode};
    base::BytesInMemory bytes(std::as_bytes(std::span(content)));
    const auto interest = inspector.interest(file, std::as_bytes(std::span(content)));
    facts.push_back(interest == model::Interest::none ? model::FileFacts{}
                                                      : inspector.inspect(file, interest, bytes));
  }
  return facts;
}

void ImageInMemory::pass(const model::FileInspector& inspector) {
  for (std::uint32_t layer = 0; layer < image.layers.size(); ++layer)
    for (std::uint32_t i = 0; i < image.layers[layer].entries.size(); ++i) {
      if (image.layers[layer].entries[i].kind != EntryKind::file || contents_[layer][i].empty()) continue;
      const model::EntryRef ref = {layer, i};
      auto facts = inspect(image, std::span(&ref, 1), inspector).value();
      if (!facts[0].empty()) image.layers[layer].facts.push_back({i, std::move(facts[0])});
    }
}

}  // namespace crtune::test
