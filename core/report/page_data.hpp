// What the HTML report's page is given: JSON that may stand inside a <script> element.
#pragma once

#include "core/report/analysis_html.hpp"
#include "core/report/file_tree.hpp"
#include "core/report/json_writer.hpp"

#include <string>
#include <string_view>

namespace crtune::report {

// Everything that the page shows. Control characters of inputs are escaped, long texts and lists cut with
// the number and bytes of what is left out. templates/report/*.js reads it; nothing else should.
std::string page_data(const model::Image& image, const model::Analysis& analysis, const model::Policy& policy,
                      const HtmlOptions& options);

// Text of an input for a page: control characters escaped, one line, at most `most` characters.
std::string shown(std::string_view text, std::size_t most = 2'000);

// Rows of a list, as long as the page has room for them.
class BoundedRows {
 public:
  // Writes `key` and opens its list. `room` is in bytes of embedded JSON.
  BoundedRows(JsonWriter& json, std::string_view key, std::size_t room);
  // Writes a finished value where it fits; whether it did. What did not is not counted: a shorter one may
  // come.
  bool add_if_it_fits(std::string_view row);
  // A finished value, written where it fits and all before it did; whether it was. What was not is counted
  // with its bytes.
  bool add(std::string_view row, std::uint64_t bytes = 0);
  // Closes the list and writes `<key>_left_out` and `<key>_left_out_bytes`.
  void end();

 private:
  JsonWriter& json_;
  std::string key_;
  std::size_t room_;
  std::uint64_t left_out_ = 0;
  std::uint64_t left_out_bytes_ = 0;
};

// The tree as columns of text: `kinds` and `states` have a letter for each row; `names` holds each name once
// with slashes between; `name_of` says for each row which (empty: the next that was not used yet; `-` has
// none); `sizes` of rows without children, each less its forerunner's; `children` of rows that have them;
// `folded` entries of folded rows.
void write_file_tree(JsonWriter& json, const FileTree& tree);

// The largest binaries and the owners of their bytes; what is left out keeps its bytes in one row.
void write_page_binaries(JsonWriter& json, const model::Image& image, const model::Analysis& analysis);

}  // namespace crtune::report
