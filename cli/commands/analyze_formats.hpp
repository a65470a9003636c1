// The formats of `analyze`, and how each is written.
#pragma once

#include "cli/outputs.hpp"
#include "core/base/byte_size.hpp"
#include "core/model/analysis.hpp"
#include "core/model/finding.hpp"
#include "core/model/image.hpp"
#include "core/report/tree_text.hpp"

#include <span>
#include <string>
#include <vector>

namespace crtune::cli {

struct AnalyzeReport {
  const model::Image& image;
  const model::Analysis& analysis;
  const model::Policy& policy;
  std::span<const model::RuleText> rules = {};  // that were checked
  base::Units units = base::Units::si;
  std::size_t top = 10;
  report::FileView view = {};  // of the text report: files in place of the whole
  bool with_files = false;     // JSON lists every entry of every layer
};

std::span<const Format> analyze_formats();
// Whether any of the outputs shows Analysis::files whatever the user asked for.
bool need_files(const std::vector<Output>& outputs);
std::string write_analyze(std::size_t format, const AnalyzeReport& report, const Canvas& canvas);

}  // namespace crtune::cli
