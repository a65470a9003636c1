#include "core/platform/decompress.hpp"

#include "core/platform/gzip_source.hpp"
#include "core/platform/unpack_meter.hpp"
#include "core/platform/zstd_source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace crtune::platform {
namespace {

bool begins_with(std::span<const std::byte> head, std::initializer_list<int> magic) {
  return head.size() >= magic.size() &&
         std::equal(magic.begin(), magic.end(), head.begin(),
                    [](int wanted, std::byte is) { return wanted == std::to_integer<int>(is); });
}

}  // namespace

Compression sniff_compression(std::span<const std::byte> head) {
  if (begins_with(head, {0x1f, 0x8b})) return Compression::gzip;
  if (begins_with(head, {0x28, 0xb5, 0x2f, 0xfd})) return Compression::zstd;
  if (head.size() >= 4 && (std::to_integer<int>(head[0]) & 0xf0) == 0x50 &&
      begins_with(head.subspan(1), {0x2a, 0x4d, 0x18}))
    return Compression::zstd;
  const bool other = begins_with(head, {0xfd, '7', 'z', 'X', 'Z', 0}) || begins_with(head, {'B', 'Z', 'h'}) ||
                     begins_with(head, {0x04, 0x22, 0x4d, 0x18}) || begins_with(head, {'L', 'Z', 'I', 'P'}) ||
                     begins_with(head, {'L', 'R', 'Z', 'I'});
  return other ? Compression::unsupported : Compression::none;
}

std::string_view compression_name(Compression compression) {
  switch (compression) {
    case Compression::none: return "none";
    case Compression::gzip: return "gzip";
    case Compression::zstd: return "zstd";
    case Compression::unsupported: return "unsupported";
  }
  return "none";
}

base::Status UnpackMeter::add(std::size_t in, std::size_t out) {
  in_ += in;
  out_ += out;
  if (out_ > limits_.bytes)
    return fail(base::ErrorCode::limit, fmt::format("unpacks to more than {} bytes", limits_.bytes));
  if (out_ > limits_.ratio_from && out_ / limits_.ratio > in_)
    return fail(base::ErrorCode::limit,
                fmt::format("unpacks to more than {} times its {} bytes", limits_.ratio, in_));
  return {};
}

tl::unexpected<base::Error> UnpackMeter::fail(base::ErrorCode code, std::string message) const {
  return base::fail(code, std::move(message), {.file = name_, .offset = out_});
}

std::unique_ptr<ByteSource> decompress(ByteSource& inner, Compression compression, std::string name,
                                       const UnpackLimits& limits) {
  UnpackMeter meter(std::move(name), limits);
  if (compression == Compression::gzip) return make_gzip_source(inner, std::move(meter));
  return make_zstd_source(inner, std::move(meter));
}

}  // namespace crtune::platform
