// The analysis of one image.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/model/policy.hpp"

namespace crtune::analysis {

struct AnalyzeOptions {
  bool with_files = false;           // fill Analysis::files
  bool compare_whole_files = false;  // also for advice, where probes would do
};

// Every byte of every layer gets one owner: live, one of four causes of waste, or the tar archive's framing;
// the sums match the layers and the image. May add paths to `image.paths`. Errors: invalid (an impossible
// hard link), those of reading contents again.
base::Result<model::Analysis> analyze(model::Image& image, model::ContentReader& contents,
                                      const model::Policy& policy, const AnalyzeOptions& options);

}  // namespace crtune::analysis
