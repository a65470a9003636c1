// Byte counts as people write and read them.
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace crtune::base {

// Which units a person reads: 20 MB = 20,000,000 bytes, as registries and dive count, or 20 MiB = 20,971,520.
enum class Units : std::uint8_t { si, iec };

// "48.2 MB", "512 B", "1.00 GiB": three significant digits at most.
std::string format_bytes(std::uint64_t bytes, Units units = Units::si);

// Reads "20MB", "20 MiB", "1.5GB", "1024", "10k" (SI unless an i says otherwise; case does not matter).
// Errors: usage, for anything else, negative numbers and sizes of 2^63 bytes or more.
Result<std::uint64_t> parse_bytes(std::string_view text);

}  // namespace crtune::base
