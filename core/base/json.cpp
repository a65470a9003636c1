#include "core/base/json.hpp"

namespace crtune::base {

std::int64_t Json::unsigned_number() const {
  if (const auto* number = std::get_if<std::int64_t>(&value_)) return *number < 0 ? -1 : *number;
  if (const auto* number = std::get_if<std::uint64_t>(&value_))
    return *number > static_cast<std::uint64_t>(INT64_MAX) ? -1 : static_cast<std::int64_t>(*number);
  return -1;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json null;
  if (const auto* members = object())
    for (const auto& [name, value] : *members)
      if (name == key) return value;
  return null;
}

bool Json::has(std::string_view key) const {
  if (const auto* members = object())
    for (const auto& member : *members)
      if (member.first == key) return true;
  return false;
}

}  // namespace crtune::base
