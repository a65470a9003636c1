// Zstandard (RFC 8878) by libzstd.
#pragma once

#include "core/platform/unpack_meter.hpp"

#include <memory>

namespace crtune::platform {

std::unique_ptr<ByteSource> make_zstd_source(ByteSource& inner, UnpackMeter meter);

}  // namespace crtune::platform
