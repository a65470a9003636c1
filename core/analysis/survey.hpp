// Looks into an image's contents: its executables, its start, and what rules find in them.
#pragma once

#include "core/analysis/final_tree.hpp"
#include "core/model/analysis.hpp"

#include <string>

namespace crtune::analysis {

struct SurveyOptions {
  const model::FileInspector* inspector = nullptr;
  bool deep = false;                  // base layers too
  std::uint64_t fingerprint_key = 0;  // of secrets
  std::string today;                  // YYYY-MM-DD
};

// Fills the analysis' binaries, start files, scope and findings. Layers must be summed up before. Errors:
// those of `contents`.
base::Status survey(model::Image& image, const MergedTree& tree, model::ContentReader& contents,
                    const SurveyOptions& options, model::Analysis& analysis);

}  // namespace crtune::analysis
