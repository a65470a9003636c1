// How a report for a terminal is set.
#pragma once

#include "core/base/byte_size.hpp"

#include <cstddef>

namespace crtune::report {

struct TextOptions {
  std::size_t columns = 100;
  bool colour = false;
  base::Units units = base::Units::si;
  std::size_t top = 10;  // causes of waste shown, and findings
};

}  // namespace crtune::report
