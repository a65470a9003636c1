#include "core/platform/json.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <unordered_set>

namespace crtune::platform {

using base::ErrorCode;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr std::size_t kMaxDepth = 64;

std::string folded(std::string_view text) {
  std::string out(text);
  for (char& byte : out)
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte - 'A' + 'a');
  return out;
}

// The objects of image documents that Go reads as maps, whose keys it does not fold as it does those of
// structures.
bool is_map_name(std::string_view key) {
  return key == "Labels" || key == "annotations" || key == "Volumes" || key == "ExposedPorts" ||
         key == "LayerSources";
}

// Receives nlohmann's events and builds our tree without recursion.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(std::size_t max_values) : max_values_(max_values) {}

  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(std::int64_t value) override { return add(Json(value)); }
  bool number_unsigned(std::uint64_t value) override { return add(Json(value)); }
  bool number_float(double value, const std::string&) override { return add(Json(value)); }
  bool string(std::string& value) override { return add(Json(std::move(value))); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json(JsonObject{})); }
  bool start_array(std::size_t) override { return open(Json(JsonArray{})); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    if (!open_.back().names.insert(open_.back().is_map ? name : folded(name)).second)
      return refuse(ErrorCode::invalid,
                    fmt::format("the key '{}' stands twice in one object", base::one_line(name, 60)));
    open_.back().key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& problem) override {
    offset_ = position > 0 ? position - 1 : 0;
    // nlohmann's text begins with its own error number and position, which say the same as ours.
    std::string_view reason = problem.what();
    if (const auto colon = reason.find(": "); colon != std::string_view::npos)
      reason.remove_prefix(colon + 2);
    return refuse(ErrorCode::invalid, fmt::format("this is not valid JSON: {}", base::one_line(reason, 160)));
  }

  base::Result<Json> take(const std::string& file) && {
    if (failed_) return base::fail(code_, std::move(message_), {.file = file, .offset = offset_});
    return std::move(root_);
  }

 private:
  struct Level {
    Json value;
    std::string key;
    std::unordered_set<std::string> names;
    bool is_map = false;  // of names that others chose: there, "Version" and "version" are two
  };

  bool refuse(ErrorCode code, std::string message) {
    if (failed_) return false;
    failed_ = true;
    code_ = code;
    message_ = std::move(message);
    return false;
  }

  bool open(Json container) {
    if (open_.size() >= kMaxDepth)
      return refuse(ErrorCode::limit, fmt::format("JSON nested deeper than {} levels", kMaxDepth));
    const bool is_map = !open_.empty() && is_map_name(open_.back().key);
    open_.push_back({.value = std::move(container), .key = {}, .names = {}, .is_map = is_map});
    return true;
  }

  bool close() {
    Json value = std::move(open_.back().value);
    open_.pop_back();
    return add(std::move(value));
  }

  bool add(Json value) {
    if (++count_ > max_values_)
      return refuse(ErrorCode::limit, fmt::format("JSON with over {} values", max_values_));
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* members = std::get_if<JsonObject>(&open_.back().value.value())) {
      members->emplace_back(std::move(open_.back().key), std::move(value));
    } else {
      std::get<JsonArray>(open_.back().value.value()).push_back(std::move(value));
    }
    return true;
  }

  std::size_t max_values_;
  std::vector<Level> open_;
  Json root_;
  std::size_t count_ = 0;
  bool failed_ = false;
  ErrorCode code_ = ErrorCode::invalid;
  std::string message_;
  std::optional<std::uint64_t> offset_;
};

}  // namespace

base::Result<Json> parse_json(std::string_view text, const std::string& file, const JsonLimits& limits) {
  if (text.size() > limits.bytes)
    return base::fail(ErrorCode::limit,
                      fmt::format("a JSON document of {} bytes, the limit is {}", text.size(), limits.bytes),
                      {.file = file});
  if (text.starts_with("\xEF\xBB\xBF"))
    return base::fail(ErrorCode::invalid, "JSON must not begin with a byte order mark",
                      {.file = file, .offset = 0});
  TreeBuilder builder(limits.values);
  try {
    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  } catch (const std::exception& problem) {
    return base::fail(ErrorCode::invalid, fmt::format("this is not valid JSON: {}", problem.what()),
                      {.file = file});
  }
  return std::move(builder).take(file);
}

}  // namespace crtune::platform
