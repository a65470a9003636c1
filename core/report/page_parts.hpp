// What the pages of all HTML reports are made of: a template, and data in it as JSON inside a <script>
// element.
#pragma once

#include "core/model/analysis.hpp"
#include "core/model/finding.hpp"
#include "core/report/json_writer.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::report {

inline constexpr std::size_t kRowDepth = 3;  // of text that stays on one line

// The embedded template `name` with `data` in its place.
std::string page_with_data(std::string_view name, std::string_view data);

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

// A list of texts, cut where it takes more than 60 kB.
void write_page_texts(JsonWriter& json, std::string_view key, const std::vector<std::string>& texts);

// The gates, failed ones first.
void write_page_gates(JsonWriter& json, const std::vector<model::GateResult>& gates);

// Lists of findings, and then what is said of their rules.
class PageFindings {
 public:
  explicit PageFindings(JsonWriter& json) : json_(json) {}
  // The list `key`, worst first.
  void write(std::string_view key, std::span<const model::Finding> findings, std::size_t room);
  // The list "rules" of those that the written findings name.
  void write_rules(std::span<const model::RuleText> rules, std::size_t room);

 private:
  JsonWriter& json_;
  std::set<std::string> used_;
};

}  // namespace crtune::report
