// Readers of structured text, for rooms that know no parser. platform/documents.hpp has the real ones.
#pragma once

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/base/toml.hpp"
#include "core/base/yaml.hpp"

#include <string>
#include <string_view>

namespace crtune::base {

class Documents {
 public:
  Documents() = default;
  Documents(const Documents&) = delete;
  Documents& operator=(const Documents&) = delete;
  virtual ~Documents() = default;

  // One document each; `file` names it in errors. Errors: invalid and limit, with the place.
  virtual Result<Json> json(std::string_view text, const std::string& file) const = 0;
  virtual Result<TomlNode> toml(std::string_view text, const std::string& file) const = 0;
  virtual Result<YamlNode> yaml(std::string_view text, const std::string& file) const = 0;
};

}  // namespace crtune::base
