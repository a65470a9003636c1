// Two layers: a flag byte, the length of the first in blocks of 512 bytes, the first, the second.
#include "core/platform/byte_source.hpp"
#include "core/source/layer_scan.hpp"
#include "tests/fuzz/image_checks.hpp"
#include "tests/fuzz/input.hpp"

#include <algorithm>
#include <array>

using namespace crtune;
using namespace crtune::fuzz;

namespace {

constexpr unsigned kRepairChecksums = 1;
constexpr unsigned kAddEndBlocks = 2;
constexpr unsigned kSmallPieces = 4;

class MemorySource final : public platform::ByteSource {
 public:
  MemorySource(std::string_view bytes, std::size_t piece) : rest_(bytes), piece_(piece) {}
  base::Result<std::span<const std::byte>> next(std::size_t wanted) override {
    const auto given = rest_.substr(0, std::min(wanted, piece_));
    rest_.remove_prefix(given.size());
    return bytes_of(given);
  }

 private:
  std::string_view rest_;
  std::size_t piece_;
};

// Two layers in memory that can be read once.
class TwoLayers final : public source::MemberStore {
 public:
  TwoLayers(std::array<std::string, 2> layers, std::size_t piece)
      : layers_(std::move(layers)), piece_(piece) {}

  const std::string& label() const override { return label_; }
  bool has(const std::string& member) const override { return member == "0" || member == "1"; }
  base::Result<std::string> document(const std::string&) override {
    return base::fail(base::ErrorCode::invalid, "there are no documents");
  }
  std::optional<std::uint64_t> stored_size(const std::string& member) const override {
    return layer(member).size();
  }
  base::Result<source::LayerScan> scan_layer(const std::string& member,
                                             const source::ScanOptions& options) override {
    MemorySource stored(layer(member), piece_);
    source::ScanOptions limited = options;
    limited.unpack = {.bytes = 4U << 20U, .ratio_from = 1U << 20U, .ratio = 200};
    limited.tar.entries = 2'000;
    return source::scan_layer_stream(stored, {.file = member, .stored_size = layer(member).size()}, limited);
  }
  Region raw_region(const std::string&) override { return {}; }
  bool reads_again() const override { return false; }

 private:
  const std::string& layer(const std::string& member) const { return layers_[member == "1" ? 1 : 0]; }

  std::string label_ = "layers";
  std::array<std::string, 2> layers_;
  std::size_t piece_;
};

std::string report_of(const std::array<std::string, 2>& layers, std::size_t piece) {
  source::OpenedImage opened;
  opened.members = std::make_unique<TwoLayers>(layers, piece);
  source::Recipe recipe;
  recipe.predates_diff_ids = true;
  recipe.layers = {{.member = "0"}, {.member = "1"}};
  Silent silent;
  auto image = source::assemble(*opened.members, recipe, source::Verify::as_read, inspection(), silent);
  if (!image) return {};
  opened.image = std::move(*image);
  opened.contents = source::make_content_reader(*opened.members);
  return analysis_of(opened);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const unsigned flags = input.byte();
  const std::size_t first = input.number16() * std::size_t{512};
  std::array<std::string, 2> layers = {std::string(input.text(first)), std::string(input.rest())};
  for (auto& layer : layers) {
    if ((flags & kRepairChecksums) != 0) repair_checksums(layer);
    if ((flags & kAddEndBlocks) != 0) layer.append(1024, '\0');
  }
  const std::string whole = report_of(layers, SIZE_MAX);
  if ((flags & kSmallPieces) != 0)
    require(report_of(layers, 7) == whole, "the pace of the bytes changes nothing");
  return 0;
}
