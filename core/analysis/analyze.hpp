// The analysis of one image.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/image.hpp"
#include "core/model/policy.hpp"

#include <optional>
#include <string>

namespace crtune::analysis {

struct AnalyzeOptions {
  bool with_files = false;           // fill Analysis::files
  bool compare_whole_files = false;  // also for advice, where probes would do
  std::optional<std::size_t> base_layers =
      {};  // how many layers are the base image's; else its history tells
  // Looks into contents: binaries, start, findings. Without one only headers are analysed.
  const model::FileInspector* inspector = nullptr;
  bool deep = false;           // base layers' contents count too
  bool is_executable = false;  // the image stands for one executable; only rules about executables apply
  std::uint64_t fingerprint_key = 0;
  std::string today = {};  // YYYY-MM-DD
};

// Every byte of every layer gets one owner: live, one of four causes of waste, or the tar archive's framing;
// the sums match the layers and the image. May add paths to `image.paths`. Errors: invalid (an impossible
// hard link), those of reading contents again.
base::Result<model::Analysis> analyze(model::Image& image, model::ContentReader& contents,
                                      const model::Policy& policy, const AnalyzeOptions& options);

}  // namespace crtune::analysis
