// base::Documents by the parsers of this room.
#pragma once

#include "core/base/documents.hpp"
#include "core/platform/json.hpp"
#include "core/platform/toml.hpp"
#include "core/platform/yaml.hpp"

namespace crtune::platform {

class ParsedDocuments final : public base::Documents {
 public:
  base::Result<base::Json> json(std::string_view text, const std::string& file) const override {
    return parse_json(text, file);
  }
  base::Result<base::TomlNode> toml(std::string_view text, const std::string& file) const override {
    return parse_toml(text, file);
  }
  base::Result<base::YamlNode> yaml(std::string_view text, const std::string& file) const override {
    return parse_yaml(text, file);
  }
};

}  // namespace crtune::platform
