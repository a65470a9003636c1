#include "core/base/json_text.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <cmath>

namespace crtune::base {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    const char c = text.front();
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  out += '"';
}

void append(std::string& out, const Json& node, std::size_t depth);

void append_object(std::string& out, const JsonObject& object, std::size_t depth) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : object) {
    out += first ? "\n" : ",\n";
    first = false;
    out.append(2 * (depth + 1), ' ');
    append_string(out, key);
    out += ": ";
    append(out, value, depth + 1);
  }
  if (!first) out += "\n" + std::string(2 * depth, ' ');
  out += '}';
}

void append_array(std::string& out, const JsonArray& array, std::size_t depth) {
  out += '[';
  bool first = true;
  for (const auto& value : array) {
    out += first ? "\n" : ",\n";
    first = false;
    out.append(2 * (depth + 1), ' ');
    append(out, value, depth + 1);
  }
  if (!first) out += "\n" + std::string(2 * depth, ' ');
  out += ']';
}

void append(std::string& out, const Json& node, std::size_t depth) {
  if (const auto* object = node.object()) return append_object(out, *object, depth);
  if (const auto* array = node.array()) return append_array(out, *array, depth);
  if (const auto* text = node.string()) return append_string(out, *text);
  if (const auto* boolean = node.boolean()) {
    out += *boolean ? "true" : "false";
    return;
  }
  std::visit(
      [&out](const auto& value) {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, double>) {
          out += std::isfinite(value) ? fmt::format("{}", value) : "null";
        } else if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) {
          out += fmt::format("{}", value);
        } else {
          out += "null";
        }
      },
      node.value());
}

}  // namespace

std::string json_text(const Json& document) {
  std::string out;
  append(out, document, 0);
  out += '\n';
  return out;
}

}  // namespace crtune::base
