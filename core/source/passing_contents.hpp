// The contents of files while a layer's stream passes: hashed, and looked at where they matter.
#pragma once

#include "core/platform/content_hasher.hpp"
#include "core/platform/tar_reader.hpp"
#include "core/source/member_store.hpp"

#include <vector>

namespace crtune::source {

class PassingContents {
 public:
  // `inspector` may be nullptr. Where contents can be read again, executables are only noted.
  PassingContents(const model::FileInspector* inspector, bool can_read_again)
      : inspector_(inspector), can_read_again_(can_read_again) {}

  // Reads as much of the current entry of `reader`, the last one of `scan`, as is needed. Errors: those of
  // reading.
  base::Status read(platform::TarReader& reader, bool hash, LayerScan& scan);

 private:
  using Bytes = std::span<const std::byte>;

  base::Status hash_and_inspect(platform::TarReader& reader, const model::FileTraits& file, bool hash,
                                LayerScan& scan);
  model::Interest judge(const model::FileTraits& file, Bytes head, LayerScan& scan) const;
  void inspect(const model::FileTraits& file, model::Interest interest, Bytes content, LayerScan& scan) const;

  const model::FileInspector* inspector_;
  bool can_read_again_;
  platform::ContentHasher hasher_;
  std::vector<std::byte> kept_;  // of a content that came in several pieces
};

}  // namespace crtune::source
