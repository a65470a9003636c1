// A TOML document as a plain tree with the place of every value. platform/toml.hpp reads one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::base {

struct TomlMember;

struct TomlNode {
  // A date or a time is `time`, its text as TOML writes it.
  enum class Kind : std::uint8_t { text, integer, number, boolean, time, array, table };

  Kind kind = Kind::table;
  std::string text;
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  std::vector<TomlNode> items;      // of an array, tables of [[name]] too
  std::vector<TomlMember> members;  // of a table, in document order, keys are unique
  std::uint64_t line = 0;           // from 1: of the key, of an array's item the item itself
  std::uint64_t column = 0;

  // The member `key` of a table, or nullptr.
  const TomlNode* find(std::string_view key) const;
  // The text of the member `key`, or nullptr where there is none or it is something else.
  const std::string* text_of(std::string_view key) const;
};

struct TomlMember {
  std::string key;
  TomlNode value;
};

inline const TomlNode* TomlNode::find(std::string_view key) const {
  for (const auto& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

inline const std::string* TomlNode::text_of(std::string_view key) const {
  const TomlNode* node = find(key);
  return node != nullptr && node->kind == Kind::text ? &node->text : nullptr;
}

}  // namespace crtune::base
