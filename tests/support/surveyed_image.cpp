#include "tests/support/surveyed_image.hpp"

#include "core/analysis/analyze.hpp"
#include "core/inspect/content_inspector.hpp"

namespace crtune::test {

namespace {

// Tells of some files what a test says of them, and looks into the others.
class ToldBinaries final : public model::FileInspector {
 public:
  explicit ToldBinaries(const std::map<std::string, model::Binary>& binaries) : binaries_(binaries) {}

  bool may_matter(const model::FileTraits&) const override { return true; }
  model::Interest interest(const model::FileTraits& file, std::span<const std::byte> head) const override {
    return told(file) != nullptr ? model::Interest::binary : inner_.interest(file, head);
  }
  model::FileFacts inspect(const model::FileTraits& file, model::Interest interest,
                           base::RandomBytes& content) const override {
    model::FileFacts facts;
    const auto* binary = told(file);
    if (binary == nullptr) return inner_.inspect(file, interest, content);
    facts.binary = *binary;
    return facts;
  }

 private:
  const model::Binary* told(const model::FileTraits& file) const {
    const auto found = binaries_.find(std::string(file.path));
    return found == binaries_.end() ? nullptr : &found->second;
  }

  const std::map<std::string, model::Binary>& binaries_;
  inspect::ContentInspector inner_{inspect::InspectorOptions{}};
};

}  // namespace

model::Analysis SurveyedImage::analysis() const {
  ImageInMemory built(layers);
  built.image.config = config;
  if (built.image.config.platform.empty()) built.image.config.platform = "linux/amd64";
  const ToldBinaries inspector(binaries);
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
