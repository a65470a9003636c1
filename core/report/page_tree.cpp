#include "core/report/page_data.hpp"

#include <fmt/format.h>

#include <iterator>
#include <unordered_map>

namespace crtune::report {
namespace {

// Numbers with commas between.
class Column {
 public:
  void add(std::uint64_t value) { fmt::format_to(next(), "{}", value); }
  void add(std::int64_t value) { fmt::format_to(next(), "{}", value); }
  void add(std::string_view text) { fmt::format_to(next(), "{}", text); }
  const std::string& text() const { return text_; }

 private:
  std::back_insert_iterator<std::string> next() {
    if (!first_) text_ += ',';
    first_ = false;
    return std::back_inserter(text_);
  }
  std::string text_;
  bool first_ = true;
};

// Each name once, in the order in which rows first use them.
class NameColumn {
 public:
  void add(std::string_view name) {
    if (name.empty()) {
      places_column_.add("-");
      return;
    }
    const auto [at, is_new] = places_.try_emplace(std::string(name), places_.size());
    if (!is_new) {
      places_column_.add(std::uint64_t{at->second});
      return;
    }
    places_column_.add("");
    if (places_.size() > 1) names_ += '/';
    names_ += name;
  }
  const std::string& names() const { return names_; }
  const std::string& places() const { return places_column_.text(); }

 private:
  std::unordered_map<std::string, std::size_t> places_;
  std::string names_;
  Column places_column_;
};

}  // namespace

void write_file_tree(JsonWriter& json, const FileTree& tree) {
  std::string kinds;
  std::string states;
  NameColumn names;
  Column sizes, children, folded;
  std::uint64_t before = 0;
  for (const auto& row : tree.rows) {
    kinds += row.kind;
    states += static_cast<char>('0' + row.state);
    names.add(row.name);
    if (has_children(row.kind)) {
      children.add(std::uint64_t{row.children});
      continue;
    }
    // Wraps around at most once and back; the sum is right in any case.
    sizes.add(static_cast<std::int64_t>(row.bytes - before));
    before = row.bytes;
    if (row.kind == 'r') folded.add(row.entries);
  }
  json.key("tree").begin_object();
  json.key("kinds").text(kinds);
  json.key("states").text(states);
  json.key("names").text(names.names());
  json.key("name_of").text(names.places());
  json.key("sizes").text(sizes.text());
  json.key("children").text(children.text());
  json.key("folded").text(folded.text());
  json.key("folded_entries").number(tree.folded_entries);
  json.key("folded_bytes").number(tree.folded_bytes);
  json.end_object();
}

}  // namespace crtune::report
