// XML as far as build files use it: elements, attributes and text. No entities but the five that are built
// in, no document types; nothing outside the text is ever read. Source: https://www.w3.org/TR/xml/
#pragma once

#include "core/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace crtune::project {

struct XmlElement {
  std::string name;  // without a namespace's prefix
  std::string text;  // of itself, blanks around it left out
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<XmlElement> children;
  std::uint64_t line = 0;

  // The first child of that name, or nullptr.
  const XmlElement* find(std::string_view child) const;
  // The text of the element that a path of names leads to ("build/finalName"), or empty.
  std::string text_of(std::string_view path) const;
  const XmlElement* at(std::string_view path) const;
  std::string attribute(std::string_view key) const;
};

// The root element of a document of at most 100,000 elements and 64 levels. Errors: invalid, limit, with the
// line.
base::Result<XmlElement> parse_xml(std::string_view text, const std::string& file);

}  // namespace crtune::project
