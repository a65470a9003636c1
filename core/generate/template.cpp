#include "core/generate/template.hpp"

#include "core/base/embedded_template.hpp"

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include <algorithm>
#include <set>

namespace crtune::generate {
namespace {

using kainjow::mustache::data;

data to_data(const TemplateValues& values) {
  data object = data::type::object;
  for (const auto& [name, value] : values.members()) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      object.set(name, *text);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      object.set(name, *flag);
    } else {
      data list = data::type::list;
      for (const auto& item : std::get<TemplateValues::Items>(value)) list.push_back(to_data(item));
      object.set(name, list);
    }
  }
  return object;
}

// The library renders a missing name as nothing; here it is remembered.
class StrictContext final : public kainjow::mustache::context<std::string> {
 public:
  explicit StrictContext(const data* values) { context::push(values); }

  const data* get(const std::string& name) const override {
    const data* found = context::get(name);
    if (found == nullptr) missing_.insert(name);
    return found;
  }
  const std::set<std::string>& missing() const { return missing_; }

 private:
  mutable std::set<std::string> missing_;
};

std::set<std::string, std::less<>> names_in(std::string_view text) {
  std::set<std::string, std::less<>> names;
  for (std::size_t at = text.find("<%"); at != std::string_view::npos; at = text.find("<%", at + 2)) {
    const std::size_t end = std::min(text.find("%>", at), text.size());
    std::string_view name = text.substr(at + 2, end - at - 2);
    if (!name.empty() && std::string_view("#^/").find(name[0]) != std::string_view::npos)
      name.remove_prefix(1);
    names.emplace(name);
  }
  return names;
}

// A line end in a value would start a line of its own in a file that is executed.
bool is_clean(const TemplateValues& values) {
  return std::all_of(values.members().begin(), values.members().end(), [](const auto& member) {
    if (const auto* text = std::get_if<std::string>(&member.second))
      return std::none_of(text->begin(), text->end(),
                          [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (const auto* items = std::get_if<TemplateValues::Items>(&member.second))
      return std::all_of(items->begin(), items->end(), is_clean);
    return true;
  });
}

// The library's own rule for lines that hold only tags fails for several in a row. Here such a line joins the
// next one, and line ends hide behind a byte that no value may have.
constexpr char kLineEnd = '\x01';

bool is_tag_line(std::string_view line) {
  return line.size() > 5 && line.starts_with("<%") && line.ends_with("%>") &&
         line.find("%>") == line.size() - 2 &&
         std::string_view("#^/").find(line[2]) != std::string_view::npos;
}

std::string without_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const auto line = text.substr(0, end);
    out += line;
    if (end == std::string_view::npos) break;
    if (!is_tag_line(line)) out += kLineEnd;
    text.remove_prefix(end + 1);
  }
  return out;
}

tl::unexpected<base::Error> broken(std::string_view name, std::string_view what) {
  return base::fail(base::ErrorCode::internal, fmt::format("template {}: {}", name, what));
}

}  // namespace

TemplateValues& TemplateValues::set_texts(std::string name, const std::vector<std::string>& texts) {
  Items items;
  for (const auto& text : texts) items.emplace_back().set("text", text);
  return set_items(std::move(name), std::move(items));
}

TemplateValues& TemplateValues::set_optional(std::string name, const std::string& text) {
  return set_texts(std::move(name), text.empty() ? std::vector<std::string>() : std::vector{text});
}

base::Result<std::string> render(std::string_view name, std::string_view text, const TemplateValues& values) {
  if (!is_clean(values)) return broken(name, "a value has a control character");
  const auto used = names_in(text);
  for (const auto& [key, value] : values.members())
    if (!used.contains(key)) return broken(name, fmt::format("'{}' is never used", key));
  kainjow::mustache::mustache engine("{{=<% %>=}}" + without_lines(text));
  if (!engine.is_valid()) return broken(name, engine.error_message());
  engine.set_custom_escape([](const std::string& value) { return value; });
  const data tree = to_data(values);
  StrictContext context(&tree);
  std::string out = engine.render(context);
  if (!engine.is_valid()) return broken(name, engine.error_message());
  if (!context.missing().empty())
    return broken(name, fmt::format("'{}' is unknown", *context.missing().begin()));
  std::replace(out.begin(), out.end(), kLineEnd, '\n');
  return out;
}

base::Result<std::string> render_embedded(std::string_view name, const TemplateValues& values) {
  for (const auto& entry : base::embedded_templates())
    if (entry.name == name) return render(name, entry.text, values);
  return broken(name, "is not compiled in");
}

}  // namespace crtune::generate
