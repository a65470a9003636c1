// The analysis as JSON, schema cloudrun-tune/analyze/v1 (docs/schema/analyze-v1.json).
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"

#include <string>

namespace crtune::report {

// `with_files` lists every entry of every layer, where Analysis::files has them.
std::string analysis_json(const model::Image& image, const model::Analysis& analysis,
                          const model::Policy& policy, bool with_files);

}  // namespace crtune::report
