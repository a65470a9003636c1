// gzip (RFC 1952) by ISA-L.
#pragma once

#include "core/platform/unpack_meter.hpp"

#include <memory>

namespace crtune::platform {

std::unique_ptr<ByteSource> make_gzip_source(ByteSource& inner, UnpackMeter meter);

}  // namespace crtune::platform
