// Text templates: mustache with <% %> instead of {{ }}, without HTML escaping, and strict about names.
#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crtune::generate {

// What a template may name: a text, whether a section is there, or the items of a section.
class TemplateValues {
 public:
  using Items = std::vector<TemplateValues>;
  using Value = std::variant<std::string, bool, Items>;

  TemplateValues& set(std::string name, std::string text) { return put(std::move(name), std::move(text)); }
  TemplateValues& set_flag(std::string name, bool there) { return put(std::move(name), there); }
  TemplateValues& set_items(std::string name, Items items) { return put(std::move(name), std::move(items)); }
  // A section with one item {text} for each of `texts`.
  TemplateValues& set_texts(std::string name, const std::vector<std::string>& texts);
  // The same for a text that may be missing: empty is no section.
  TemplateValues& set_optional(std::string name, const std::string& text);

  const std::vector<std::pair<std::string, Value>>& members() const { return members_; }

 private:
  TemplateValues& put(std::string name, Value value) {
    members_.emplace_back(std::move(name), std::move(value));
    return *this;
  }

  std::vector<std::pair<std::string, Value>> members_;
};

// `text` with `values` put in. A name that the template uses and `values` lacks, a value that the template
// never names, a control character in a value: all are errors (internal), named with the template's `name`.
base::Result<std::string> render(std::string_view name, std::string_view text, const TemplateValues& values);

// The same with the template compiled in under `name`.
base::Result<std::string> render_embedded(std::string_view name, const TemplateValues& values);

}  // namespace crtune::generate
