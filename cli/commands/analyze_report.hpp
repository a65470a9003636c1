// The report of `analyze`.
#pragma once

#include "cli/commands/report_formats.hpp"
#include "core/base/byte_size.hpp"
#include "core/model/analysis.hpp"
#include "core/model/finding.hpp"
#include "core/model/image.hpp"
#include "core/model/policy.hpp"
#include "core/report/tree_text.hpp"

#include <span>
#include <string>

namespace crtune::cli {

// What is reported, and how the user wants it.
struct AnalyzeFacts {
  const model::Image& image;
  const model::Analysis& analysis;
  const model::Policy& policy;
  std::span<const model::RuleText> rules = {};  // that were checked
  base::Units units = base::Units::si;
  std::size_t top = 10;
  report::FileView view = {};  // of the text report: files in place of the whole
  bool with_files = false;     // JSON lists every entry of every layer
};

class AnalyzeReport final : public CommandReport {
 public:
  explicit AnalyzeReport(const AnalyzeFacts& facts) : facts_(facts) {}

  std::string text(const Canvas& canvas) const override;
  std::string json() const override;
  std::string markdown() const override;
  std::string html() const override;
  report::Results results() const override;
  report::Subject subject() const override;

 private:
  AnalyzeFacts facts_;
};

}  // namespace crtune::cli
