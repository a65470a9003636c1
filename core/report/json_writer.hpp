// Writes JSON piece by piece, because a report may have millions of rows and a tree of them would not fit a
// stated bound on memory (nlohmann-json, which reads JSON here, can only print whole trees).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crtune::report {

class JsonWriter {
 public:
  // `depth` says how deep in a document the text will stand: deep text is set on one line.
  explicit JsonWriter(std::string& out, std::size_t depth = 0) : out_(out), depth_(depth) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  // The name of the next value.
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);  // bytes that are not UTF-8 become U+FFFD
  JsonWriter& number(std::uint64_t value);
  JsonWriter& signed_number(std::int64_t value);
  JsonWriter& number(double value);  // null for NaN and infinity
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  // Unknown text is null, not empty.
  JsonWriter& known_text(std::string_view value) { return value.empty() ? null() : text(value); }
  // Where an empty text is something else than none.
  JsonWriter& text_or_null(const std::optional<std::string>& value) { return value ? text(*value) : null(); }
  JsonWriter& number_or_null(const std::optional<std::uint64_t>& value) {
    return value ? number(*value) : null();
  }
  // Members or values that were written before, without the brackets around them.
  JsonWriter& written(std::string_view json);
  JsonWriter& texts(const std::vector<std::string>& values);

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  std::size_t depth_;
  bool first_ = true;
  bool after_key_ = false;
};

}  // namespace crtune::report
