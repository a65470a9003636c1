// The analysis as one HTML page that needs nothing else: no network, no files beside it.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/finding.hpp"
#include "core/model/image.hpp"
#include "core/model/policy.hpp"
#include "core/report/html_options.hpp"

#include <string>

namespace crtune::report {

// The page, at most 8 MB: where an image has more to tell, the smallest rows are summed up and the page says
// so; every sum stays exact. The map of files needs Analysis::files; without them it shows layers alone.
// The same arguments give the same bytes.
std::string analysis_html(const model::Image& image, const model::Analysis& analysis,
                          const model::Policy& policy, const HtmlOptions& options = {});

}  // namespace crtune::report
