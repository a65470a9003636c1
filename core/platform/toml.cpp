#include "core/platform/toml.hpp"

#include "core/base/escape.hpp"

#include <fmt/format.h>

#include <sstream>

// Header-only and without exceptions: the shared library would be one more to load at every start.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 64
// With NDEBUG what it asserts becomes what the compiler may assume, and "[<" breaks it (parse_key of 3.3):
// neither is wanted of hostile input, and the code behind the assertion reports the error.
#undef NDEBUG
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>

namespace crtune::platform {

using base::ErrorCode;
using base::TomlMember;
using base::TomlNode;

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr std::size_t kMaxValues = 100'000;
constexpr std::size_t kMaxDepth = 64;

// What stands between quotes; a quote of three spans lines.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool is_long = text.substr(at).starts_with(three);
  const std::size_t length = is_long ? 3 : 1;
  for (std::size_t i = at + length; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (!is_long && text[i] == '\n') {
      return i;
    } else if (text.compare(i, length, three, 0, length) == 0) {
      return i + length;
    }
  }
  return text.size();
}

// Each dot of a key opens a level, which the parser does not count: "a.a.a" goes as deep as a file is long.
base::Status check_shape(std::string_view text, const std::string& file) {
  std::uint64_t line = 1;
  std::size_t dots = 0;
  std::size_t values = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (byte == '#') {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (byte == '"' || byte == '\'') {
      const std::size_t end = end_of_string(text, at);
      line += static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                    text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      at = end - 1;
    } else if (byte == '.') {
      ++dots;
    } else if (std::string_view("=,[]{}\n").find(byte) != std::string_view::npos) {
      dots = 0;
      if (byte == '\n') ++line;
      if (byte == '=' || byte == ',' || byte == '[') ++values;
    }
    if (dots > kMaxDepth)
      return base::fail(ErrorCode::limit, fmt::format("TOML nested deeper than {} levels", kMaxDepth),
                        {.file = file, .line = line});
    if (values > kMaxValues)
      return base::fail(ErrorCode::limit, fmt::format("TOML with over {} values", kMaxValues),
                        {.file = file, .line = line});
  }
  return {};
}

base::Place place_of(const std::string& file, const toml::source_position& position) {
  return {.file = file, .line = position.line, .column = position.column};
}

// Copies toml++'s tree, whose members are in order of their names, into ours.
class TreeBuilder {
 public:
  base::Result<TomlNode> build(const toml::node& node, toml::source_position position, std::size_t depth) {
    if (depth > kMaxDepth)
      return base::fail(ErrorCode::limit, fmt::format("TOML nested deeper than {} levels", kMaxDepth),
                        {.line = position.line, .column = position.column});
    TomlNode out;
    out.line = position.line;
    out.column = position.column;
    if (const auto* table = node.as_table()) {
      CRT_TRY(add_members(*table, out, depth));
    } else if (const auto* array = node.as_array()) {
      out.kind = TomlNode::Kind::array;
      for (const auto& item : *array) {
        CRT_ASSIGN(auto value, build(item, item.source().begin, depth + 1));
        out.items.push_back(std::move(value));
      }
    } else {
      set_scalar(node, out);
    }
    return out;
  }

 private:
  base::Status add_members(const toml::table& table, TomlNode& out, std::size_t depth) {
    for (const auto& entry : table) {
      const toml::key& key = entry.first;
      CRT_ASSIGN(auto value, build(entry.second, key.source().begin, depth + 1));
      out.members.push_back({std::string(key.str()), std::move(value)});
    }
    std::stable_sort(out.members.begin(), out.members.end(), [](const TomlMember& a, const TomlMember& b) {
      return std::pair(a.value.line, a.value.column) < std::pair(b.value.line, b.value.column);
    });
    return {};
  }

  static void set_scalar(const toml::node& node, TomlNode& out) {
    if (const auto* text = node.as_string()) {
      out.kind = TomlNode::Kind::text;
      out.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
      out.kind = TomlNode::Kind::integer;
      out.integer = integer->get();
    } else if (const auto* number = node.as_floating_point()) {
      out.kind = TomlNode::Kind::number;
      out.number = number->get();
    } else if (const auto* boolean = node.as_boolean()) {
      out.kind = TomlNode::Kind::boolean;
      out.boolean = boolean->get();
    } else {
      out.kind = TomlNode::Kind::time;
      std::ostringstream written;
      if (const auto* date = node.as_date()) written << date->get();
      if (const auto* time = node.as_time()) written << time->get();
      if (const auto* both = node.as_date_time()) written << both->get();
      out.text = written.str();
    }
  }
};

}  // namespace

base::Result<TomlNode> parse_toml(std::string_view text, const std::string& file) {
  if (text.size() > kMaxBytes)
    return base::fail(ErrorCode::limit,
                      fmt::format("a TOML file of {} bytes, the limit is {}", text.size(), kMaxBytes),
                      {.file = file});
  CRT_TRY(check_shape(text, file));
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed)
    return base::fail(ErrorCode::invalid,
                      fmt::format("this is not valid TOML: {}",
                                  base::one_line(std::string(parsed.error().description()), 200)),
                      place_of(file, parsed.error().source().begin));
  auto tree = TreeBuilder().build(parsed.table(), {.line = 1, .column = 1}, 0);
  if (!tree) {
    tree.error().place.file = file;
    return base::fail(std::move(tree).error());
  }
  return tree;
}

}  // namespace crtune::platform
