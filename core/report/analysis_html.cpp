#include "core/report/analysis_html.hpp"

#include "core/base/embedded_template.hpp"
#include "core/report/page_data.hpp"

namespace crtune::report {
namespace {

std::string_view page_text() {
  for (const auto& entry : base::embedded_templates())
    if (entry.name == "report/page.html") return entry.text;
  return {};
}

}  // namespace

std::string analysis_html(const model::Image& image, const model::Analysis& analysis,
                          const model::Policy& policy, const HtmlOptions& options) {
  constexpr std::string_view kPlace = "@DATA@";
  const std::string_view page = page_text();
  const auto at = page.find(kPlace);
  if (at == std::string_view::npos) return std::string(page);
  std::string out(page.substr(0, at));
  out += page_data(image, analysis, policy, options);
  out += page.substr(at + kPlace.size());
  return out;
}

}  // namespace crtune::report
