// One JSON document. What is read must keep to the limits, and be the same when it is written and read again.
#include "core/platform/json.hpp"

#include "core/report/json_writer.hpp"
#include "tests/fuzz/input.hpp"

#include <set>

using namespace crtune;
using namespace crtune::fuzz;

namespace {

constexpr std::size_t kMaxDepth = 64;

// Visits every kind of value: checks it, and writes it down again.
struct Visitor {
  report::JsonWriter& out;
  std::size_t depth;

  void operator()(std::nullptr_t) const { out.null(); }
  void operator()(bool value) const { out.boolean(value); }
  void operator()(std::int64_t value) const {
    // A fraction that is whole is written as a whole number, so both must be written alike.
    value < 0 ? out.number(static_cast<double>(value)) : out.number(static_cast<std::uint64_t>(value));
  }
  void operator()(std::uint64_t value) const { out.number(value); }
  void operator()(double value) const {
    require(value - value == 0, "no number is infinite");
    out.number(value + 0.0);  // of the two zeros, the one that whole numbers have too
  }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(const base::JsonArray& values) const {
    out.begin_array();
    for (const auto& value : values) visit(value);
    out.end_array();
  }
  void operator()(const base::JsonObject& members) const {
    std::set<std::string_view> keys;
    out.begin_object();
    for (const auto& [key, value] : members) {
      require(keys.insert(key).second, "no key stands twice");
      out.key(key);
      visit(value);
    }
    out.end_object();
  }
  void visit(const base::Json& value) const {
    require(depth < kMaxDepth, "no document is deeper than the limit");
    base::Json copy = value;
    std::visit(Visitor{out, depth + 1}, copy.value());
  }
};

std::string written(const base::Json& document) {
  std::string text;
  report::JsonWriter out(text);
  base::Json copy = document;
  std::visit(Visitor{out, 0}, copy.value());
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = Input(data, size).rest();
  const auto document = platform::parse_json(text, "document");
  if (!document) {
    const auto& offset = document.error().place.offset;
    require(!offset || *offset <= text.size(), "an error's byte lies in the document");
    return 0;
  }
  const std::string once = written(*document);
  const auto again = platform::parse_json(once, "again");
  require(again.has_value(), "what was written can be read");
  require(written(*again) == once, "and is the same");
  return 0;
}
