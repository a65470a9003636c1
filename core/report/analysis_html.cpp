#include "core/report/analysis_html.hpp"

#include "core/report/page_data.hpp"

namespace crtune::report {

std::string analysis_html(const model::Image& image, const model::Analysis& analysis,
                          const model::Policy& policy, const HtmlOptions& options) {
  return page_with_data("report/analysis_page.html", page_data(image, analysis, policy, options));
}

}  // namespace crtune::report
