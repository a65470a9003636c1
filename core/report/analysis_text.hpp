// The analysis for a person: what the image is, what wastes it, which line ends that.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/report/text_options.hpp"

#include <string>

namespace crtune::report {

std::string analysis_text(const model::Image& image, const model::Analysis& analysis,
                          const TextOptions& options);

}  // namespace crtune::report
