// The analysis as a comment for a pull request, in GitHub's Markdown.
#pragma once

#include "core/base/byte_size.hpp"
#include "core/model/analysis.hpp"
#include "core/model/image.hpp"

#include <string>

namespace crtune::report {

// GitHub refuses comments of more than 65,536 characters; no report has more bytes than this.
inline constexpr std::size_t kMaxMarkdownBytes = 60'000;

struct MarkdownOptions {
  base::Units units = base::Units::si;
  std::size_t top = 10;  // causes of waste and findings shown before the details
};

// Verdict, size, gates, the largest waste and the worst findings; below, folded: layers, binaries and all
// findings, as many as fit, with a word on what does not. Names from the image are inert.
std::string analysis_markdown(const model::Image& image, const model::Analysis& analysis,
                              const MarkdownOptions& options);

}  // namespace crtune::report
