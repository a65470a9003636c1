#include "core/project/go_value.hpp"

#include <algorithm>
#include <string_view>

namespace crtune::project {

GoValue GoValue::literal(std::string text, base::Place place) {
  GoValue value;
  value.text = std::move(text);
  value.tail = value.text;
  value.complete = true;
  value.place = std::move(place);
  return value;
}

GoValue GoValue::variable(std::string name, base::Place place) {
  GoValue value;
  value.origin = Origin::variable;
  value.name = std::move(name);
  value.place = std::move(place);
  return value;
}

namespace {

// `--unix-sock`, `SOCKET_PATH`: where a program listens in place of a port.
bool names_unix_socket(std::string_view name) {
  std::string word(name);
  for (char& c : word)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return word.find("sock") != std::string::npos && word.find("port") == std::string::npos;
}

}  // namespace

GoValue concatenate(const GoValue& a, const GoValue& b) {
  // Of HOST and PORT in one address the latter is what matters.
  const bool second = b.origin != GoValue::Origin::none;
  GoValue sum = second ? b : a;
  // What stands before a colon says where to listen, not on which port.
  if (!second && b.text.starts_with(':')) {
    sum.origin = GoValue::Origin::none;
    sum.name.clear();
  }
  if (second) sum.before = a.text + b.before;
  if (sum.place.file.empty()) sum.place = second ? a.place : b.place;
  sum.text = a.complete ? a.text + b.text : a.text;
  sum.tail = b.complete ? a.tail + b.text : b.tail;
  sum.complete = a.complete && b.complete;
  return sum;
}

GoValue merge(std::span<const GoValue> values) {
  auto with_origin = std::find_if(values.begin(), values.end(), [](const GoValue& value) {
    return value.origin != GoValue::Origin::none && !names_unix_socket(value.name);
  });
  if (with_origin == values.end())
    with_origin = std::find_if(values.begin(), values.end(),
                               [](const GoValue& value) { return value.origin != GoValue::Origin::none; });
  const auto known = std::find_if(values.begin(), values.end(), [](const GoValue& value) {
    return value.origin == GoValue::Origin::none && value.complete && !value.text.empty();
  });
  if (with_origin == values.end()) {
    if (known != values.end()) return *known;
    const auto partial =
        std::find_if(values.begin(), values.end(), [](const GoValue& value) { return !value.is_unknown(); });
    return partial == values.end() ? GoValue() : *partial;
  }
  GoValue merged = *with_origin;
  // Of several variables, PORT is the one that Cloud Run sets.
  for (const auto& value : values)
    if (value.origin == GoValue::Origin::variable && value.name == "PORT") {
      merged = value;
      break;
    }
  if (merged.complete) return merged;
  for (const auto& value : values)
    if (value.complete && !value.text.empty() && value.text != merged.before) {
      // A default may be written with or without what stands before the variable: ":8080", "8080".
      merged.text = value.text;
      merged.tail = value.text;
      merged.complete = true;
      break;
    }
  // A default of "" is one as well.
  if (!merged.complete && merged.before.empty())
    merged.complete = std::any_of(values.begin(), values.end(),
                                  [](const GoValue& value) { return value.complete && value.text.empty(); });
  return merged;
}

}  // namespace crtune::project
