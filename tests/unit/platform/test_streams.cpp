#include "core/platform/decompress.hpp"
#include "core/platform/tar_header.hpp"
#include "core/platform/tar_reader.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdio>
#include <string>

using namespace crtune;
using namespace crtune::platform;

namespace {

// Bytes that arrive one at a time, the worst pace there is.
class Trickle final : public ByteSource {
 public:
  explicit Trickle(std::string bytes) : bytes_(std::move(bytes)) {}
  base::Result<std::span<const std::byte>> next(std::size_t) override {
    const auto all = std::as_bytes(std::span(bytes_));
    return at_ < all.size() ? all.subspan(at_++, 1) : std::span<const std::byte>();
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

base::Result<std::string> drain(ByteSource& source) {
  std::string out;
  while (true) {
    CRT_ASSIGN(const auto piece, source.next(kLargeRead));
    if (piece.empty()) return out;
    out.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
}

base::Result<std::string> unpack(const std::string& bytes, Compression compression) {
  Trickle source(bytes);
  const auto unpacked = decompress(source, compression, "x");
  return drain(*unpacked);
}

// printf hi | gzip -n
const std::string kHi(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\xc8\x04\x00\xac\x2a\x93\xd8\x02\x00\x00\x00", 22);
// printf hi | zstd, with its checksum
const std::string kZstdHi("\x28\xb5\x2f\xfd\x04\x58\x11\x00\x00\x68\x69\xfa\x38\x26\xea", 15);

std::string header(const std::string& name, std::uint64_t size, char type) {
  std::array<char, kTarBlock + 1> block = {};
  std::snprintf(block.data(), 100, "%s", name.c_str());
  std::snprintf(block.data() + 100, 8, "%07o", 0644U);
  std::snprintf(block.data() + 108, 8, "%07o", 0U);
  std::snprintf(block.data() + 116, 8, "%07o", 0U);
  std::snprintf(block.data() + 124, 12, "%011llo", static_cast<unsigned long long>(size));
  std::snprintf(block.data() + 136, 12, "%011o", 0U);
  block[156] = type;
  std::snprintf(block.data() + 257, 9, "ustar%c00", '\0');
  std::string text(block.data(), kTarBlock);
  text.replace(263, 2, "00");
  text.replace(148, 8, 8, ' ');
  unsigned sum = 0;
  for (const char byte : text) sum += static_cast<unsigned char>(byte);
  std::snprintf(block.data(), 8, "%06o", sum);
  text.replace(148, 7, block.data(), 7);
  return text;
}

}  // namespace

TEST_CASE("gzip members follow each other and are checked") {
  CHECK(unpack(kHi, Compression::gzip).value() == "hi");
  CHECK(unpack(kHi + kHi + kHi, Compression::gzip).value() == "hihihi");
  CHECK(unpack(kHi.substr(0, 15), Compression::gzip).error().code == base::ErrorCode::damaged);
  CHECK(unpack(kHi + "garbage", Compression::gzip).error().code == base::ErrorCode::damaged);
  std::string wrong = kHi;
  wrong[14] = '\x01';
  CHECK(unpack(wrong, Compression::gzip).error().code == base::ErrorCode::damaged);
}

TEST_CASE("zstd frames follow each other, skippable ones too") {
  const std::string skippable("\x50\x2a\x4d\x18\x03\x00\x00\x00xyz", 11);
  CHECK(unpack(kZstdHi + skippable + kZstdHi, Compression::zstd).value() == "hihi");
  CHECK(unpack(skippable, Compression::zstd).value().empty());
  CHECK(unpack(kZstdHi.substr(0, 6), Compression::zstd).error().code == base::ErrorCode::damaged);
}

TEST_CASE("compression is told by the first bytes") {
  const auto sniff = [](const std::string& text) {
    return sniff_compression(std::as_bytes(std::span(text)));
  };
  CHECK(sniff(kHi) == Compression::gzip);
  CHECK(sniff(kZstdHi) == Compression::zstd);
  CHECK(sniff("BZh9") == Compression::unsupported);
  CHECK(sniff("LRZI") == Compression::unsupported);
  CHECK(sniff("") == Compression::none);
}

TEST_CASE("a tar archive is read at any pace") {
  const std::string archive = header("a/b", 5, '0') + std::string("hello").append(507, '\0') +
                              header("c", 0, '5') + std::string(1024, '\0');
  Trickle source(archive);
  TarReader reader(source, "x", 0);
  const auto* first = reader.next().value();
  REQUIRE(first != nullptr);
  CHECK(first->name == "a/b");
  CHECK(first->size == 5);
  CHECK(first->data_offset == 512);
  CHECK(first->mode == 0644);
  const auto* second = reader.next().value();
  REQUIRE(second != nullptr);
  CHECK(second->kind == base::EntryKind::directory);
  CHECK(reader.next().value() == nullptr);
  CHECK(reader.finish().value().bytes == archive.size());
}

TEST_CASE("every cut of a tar archive is noticed or harmless") {
  const std::string archive = header("a", 700, '0') + std::string(1024, 'x') + std::string(1024, '\0');
  for (std::size_t cut = 1; cut < archive.size(); ++cut) {
    CAPTURE(cut);
    Trickle source(archive.substr(0, cut));
    TarReader reader(source, "x", 0);
    const auto first = reader.next();
    const auto second = first ? reader.next() : first;
    const bool whole_entry = cut >= 1536;
    const bool whole_block = cut % 512 == 0;
    CHECK(second.has_value() == (whole_entry && whole_block));
  }
}

TEST_CASE("pax records are read as strictly as Go does") {
  TarExtensions out;
  CHECK(parse_pax_records("13 path=a/bc\n", PaxScope::entry, out).has_value());
  CHECK(out.path == "a/bc");
  for (const std::string bad :
       {"12 path=a/bc\n", "14 path=a/bc\n", "13 path=a/bcX", "5 =x\n", "x path=a\n", "11 mtime=x\n",
        "11 size=-1\n", "10 path=a\n10 path=b\n", "22 GNU.sparse.major=1\n"}) {
    CAPTURE(bad);
    TarExtensions ignored;
    CHECK_FALSE(parse_pax_records(bad, PaxScope::entry, ignored).has_value());
  }
  CHECK_FALSE(parse_pax_records(std::string("12 path=a\0b\n", 12), PaxScope::entry, out).has_value());
  CHECK_FALSE(parse_pax_records("10 path=a\n", PaxScope::global, out).has_value());
}
