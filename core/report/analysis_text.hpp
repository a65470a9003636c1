// The analysis for a person: what the image is, what wastes it, which line ends that.
#pragma once

#include "core/base/byte_size.hpp"
#include "core/model/analysis.hpp"
#include "core/model/image.hpp"

#include <string>

namespace crtune::report {

struct TextOptions {
  std::size_t columns = 100;
  bool colour = false;
  base::Units units = base::Units::si;
  std::size_t top = 10;  // causes of waste shown
};

std::string analysis_text(const model::Image& image, const model::Analysis& analysis,
                          const TextOptions& options);

}  // namespace crtune::report
