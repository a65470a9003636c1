// Counts what goes into and comes out of a decompressor and stops bombs.
#pragma once

#include "core/platform/decompress.hpp"

namespace crtune::platform {

class UnpackMeter {
 public:
  UnpackMeter(std::string name, const UnpackLimits& limits) : name_(std::move(name)), limits_(limits) {}

  // Errors: limit.
  base::Status add(std::size_t in, std::size_t out);
  // An error at the unpacked byte reached so far.
  tl::unexpected<base::Error> fail(base::ErrorCode code, std::string message) const;

 private:
  std::string name_;
  UnpackLimits limits_;
  std::uint64_t in_ = 0;
  std::uint64_t out_ = 0;
};

// Members or frames that hold nothing cost time but bring no bytes: this many may stand in one stream. Those
// that do bring bytes are not counted, because eStargz and zstd:chunked layers have one for each file.
inline constexpr std::uint32_t kMaxEmptyMembers = 65'536;

}  // namespace crtune::platform
