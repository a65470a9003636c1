// The difference of two images or executables, for a person, for a pull request, as a page and as JSON
// (schema cloudrun-tune/diff/v1, docs/schema/diff-v1.json).
#pragma once

#include "core/model/difference.hpp"
#include "core/model/snapshot.hpp"
#include "core/report/html_options.hpp"
#include "core/report/text_options.hpp"

#include <string>

namespace crtune::report {

struct Comparison {
  const model::Snapshot& before;
  const model::Snapshot& after;
  const model::Difference& difference;
};

std::string diff_text(const Comparison& comparison, const TextOptions& options);
// At most kMaxMarkdownBytes (analysis_markdown.hpp). Names from the images are inert.
std::string diff_markdown(const Comparison& comparison, const TextOptions& options);
// One page like that of analysis_html, with the same limits.
std::string diff_html(const Comparison& comparison, const HtmlOptions& options = {});
std::string diff_json(const Comparison& comparison);

}  // namespace crtune::report
