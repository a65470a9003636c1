// A JSON document as a plain tree. platform/json.hpp reads one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crtune::base {

class Json;
using JsonArray = std::vector<Json>;
using JsonObject = std::vector<std::pair<std::string, Json>>;  // in document order, keys are unique

class Json {
 public:
  using Value = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double, std::string,
                             JsonArray, JsonObject>;

  Json() = default;
  explicit Json(Value value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  // The typed value, or nullptr where the document holds something else.
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const JsonArray* array() const { return std::get_if<JsonArray>(&value_); }
  const JsonObject* object() const { return std::get_if<JsonObject>(&value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  // A whole number from 0 to 2^63-1, or -1 where the document holds anything else.
  std::int64_t unsigned_number() const;

  // The member `key` of an object; a null value where there is none.
  const Json& operator[](std::string_view key) const;
  bool has(std::string_view key) const;

  Value& value() { return value_; }
  const Value& value() const { return value_; }

 private:
  Value value_ = nullptr;
};

}  // namespace crtune::base
