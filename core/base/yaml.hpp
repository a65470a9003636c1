// A YAML document as a plain tree with the place of every node. platform/yaml.hpp reads one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::base {

struct YamlMember;

struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  std::string scalar;               // as written, without quotes
  bool quoted = false;              // a quoted scalar is text, never a number or a boolean
  std::vector<YamlNode> items;      // of a sequence
  std::vector<YamlMember> members;  // of a mapping, in document order
  std::uint64_t line = 0;           // from 1
  std::uint64_t column = 0;

  // The member `key` of a mapping, or nullptr.
  const YamlNode* find(std::string_view key) const;
};

struct YamlMember {
  YamlNode key;
  YamlNode value;
};

inline const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& member : members)
    if (member.key.scalar == key) return &member.value;
  return nullptr;
}

}  // namespace crtune::base
