// gzip (RFC 1952) by ISA-L.
#pragma once

#include <memory>

#include "core/platform/unpack_meter.hpp"

namespace crtune::platform {

std::unique_ptr<ByteSource> make_gzip_source(ByteSource& inner, UnpackMeter meter);

}  // namespace crtune::platform
