#include "tests/support/surveyed_image.hpp"

#include "core/analysis/analyze.hpp"
#include "core/inspect/content_inspector.hpp"

namespace crtune::test {

model::Analysis SurveyedImage::analysis() const {
  ImageInMemory built(layers);
  built.image.config = config;
  if (built.image.config.platform.empty()) built.image.config.platform = "linux/amd64";
  const inspect::ContentInspector inspector(inspect::InspectorOptions{});
  built.pass(inspector);
  const analysis::AnalyzeOptions options = {.base_layers = base_layers,
                                            .inspector = &inspector,
                                            .deep = deep,
                                            .fingerprint_key = 1,
                                            .today = today};
  return analysis::analyze(built.image, built, {}, options).value();
}

std::vector<model::Finding> SurveyedImage::findings(const std::string& rule) const {
  std::vector<model::Finding> out;
  for (const auto& finding : analysis().findings)
    if (rule.empty() || finding.rule == rule) out.push_back(finding);
  return out;
}

}  // namespace crtune::test
