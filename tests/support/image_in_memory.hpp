// Images for unit tests, written as lists of paths.
#pragma once

#include "core/model/image.hpp"

#include <string>
#include <vector>

namespace crtune::test {

// A file with its content; "dir/" is a folder; ".wh.x" a whiteout; "a -> b" a symbolic link, "a => b" a hard
// link.
struct Item {
  std::string path;
  std::string content = {};
  std::uint16_t mode = 0644;
  std::uint64_t size = UINT64_MAX;  // where the content's size is to be claimed instead
  std::int64_t mtime = 0;
};
using Items = std::vector<Item>;

class ImageInMemory final : public model::ContentReader {
 public:
  explicit ImageInMemory(const std::vector<Items>& layers);

  base::Result<std::vector<char>> same_content(const model::Image& image,
                                               std::span<const model::ContentPair> pairs) override;
  base::Result<Hashes> hashes(const model::Image& image, std::span<const model::EntryRef> files,
                              Depth depth) override;
  base::Result<std::vector<model::FileFacts>> inspect(const model::Image& image,
                                                      std::span<const model::EntryRef> files,
                                                      const model::FileInspector& inspector) override;

  // Lets `inspector` see every file as if the layers passed now.
  void pass(const model::FileInspector& inspector);

  model::Image image;

 private:
  void add(const Item& item, model::Layer& layer);
  std::vector<std::vector<std::string>> contents_;
};

}  // namespace crtune::test
