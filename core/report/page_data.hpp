// What the HTML report's page is given: JSON that may stand inside a <script> element.
#pragma once

#include "core/report/analysis_html.hpp"
#include "core/report/file_tree.hpp"
#include "core/report/json_writer.hpp"
#include "core/report/page_parts.hpp"

#include <string>
#include <string_view>

namespace crtune::report {

// Everything that the page shows. Control characters of inputs are escaped, long texts and lists cut with
// the number and bytes of what is left out. templates/report/*.js reads it; nothing else should.
std::string page_data(const model::Image& image, const model::Analysis& analysis, const model::Policy& policy,
                      const HtmlOptions& options);

// The tree as columns of text: `kinds` and `states` have a letter for each row; `names` holds each name once
// with slashes between; `name_of` says for each row which (empty: the next that was not used yet; `-` has
// none); `sizes` of rows without children, each less its forerunner's; `children` of rows that have them;
// `folded` entries of folded rows.
void write_file_tree(JsonWriter& json, const FileTree& tree);

// The largest binaries and the owners of their bytes; what is left out keeps its bytes in one row.
void write_page_binaries(JsonWriter& json, const model::Image& image, const model::Analysis& analysis);

}  // namespace crtune::report
