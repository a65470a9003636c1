#include "core/diff/report_reader.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

namespace crtune::diff {

using base::ErrorCode;
using base::Result;

ReportValue ReportValue::member(std::string_view key) const {
  return {json_[key], where_.empty() ? std::string(key) : fmt::format("{}.{}", where_, key), file_};
}

ReportValue ReportValue::item(std::size_t index) const {
  return {(*json_.array())[index], fmt::format("{}[{}]", where_, index), file_};
}

tl::unexpected<base::Error> ReportValue::wrong(std::string_view what) const {
  return base::fail(
      ErrorCode::invalid,
      fmt::format("{} is not {}", where_.empty() ? "the report" : base::one_line(where_, 80), what),
      {.file = file_}, "save the report again: cloudrun-tune analyze IMAGE --format json");
}

Result<std::string> ReportValue::text() const {
  if (const auto* text = json_.string()) return *text;
  return wrong("a text");
}

Result<std::string> ReportValue::text_or_empty() const {
  return is_null() ? Result<std::string>(std::string()) : text();
}

Result<std::uint64_t> ReportValue::number(std::uint64_t most) const {
  const std::int64_t number = json_.unsigned_number();
  if (number < 0 || static_cast<std::uint64_t>(number) > most)
    return wrong(fmt::format("a whole number from 0 to {}", most));
  return static_cast<std::uint64_t>(number);
}

Result<std::uint64_t> ReportValue::number_or_zero() const {
  return is_null() ? Result<std::uint64_t>(0) : number();
}

Result<std::int64_t> ReportValue::signed_number() const {
  const auto& value = json_.value();
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (json_.unsigned_number() >= 0) return json_.unsigned_number();
  return wrong("a whole number");
}

Result<bool> ReportValue::boolean() const {
  if (const auto* value = json_.boolean()) return *value;
  return wrong("true or false");
}

Result<std::size_t> ReportValue::array_size() const {
  if (const auto* items = json_.array()) return items->size();
  return wrong("a list");
}

Result<std::vector<std::string>> ReportValue::texts() const {
  CRT_ASSIGN(const std::size_t count, array_size());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) {
    CRT_ASSIGN(std::string text, item(i).text());
    out.push_back(std::move(text));
  }
  return out;
}

base::Status ReportValue::must_be_object() const {
  if (json_.object() == nullptr) return wrong("an object");
  return {};
}

}  // namespace crtune::diff
