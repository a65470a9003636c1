#include "core/project/cmake_presets.hpp"

#include <algorithm>

namespace crtune::project {

using base::Json;

namespace {

constexpr std::size_t kMaxParents = 16;

const Json* preset_named(const base::JsonArray& presets, const std::string& name) {
  for (const auto& preset : presets)
    if (const auto* text = preset["name"].string(); text != nullptr && *text == name) return &preset;
  return nullptr;
}

std::vector<std::string> parents_of(const Json& preset) {
  std::vector<std::string> names;
  if (const auto* one = preset["inherits"].string()) names.push_back(*one);
  if (const auto* many = preset["inherits"].array())
    for (const auto& item : *many)
      if (const auto* text = item.string()) names.push_back(*text);
  return names;
}

// A condition that compares the host's system with another one; anything else counts as met.
bool is_for_linux(const Json& preset) {
  const Json& condition = preset["condition"];
  const auto* type = condition["type"].string();
  const auto* left = condition["lhs"].string();
  const auto* right = condition["rhs"].string();
  if (type == nullptr || left == nullptr || right == nullptr || *left != "${hostSystemName}") return true;
  return (*type == "equals") == (*right == "Linux");
}

class Chain {
 public:
  explicit Chain(const base::JsonArray& presets) : presets_(presets) {}

  // The variables of the preset and of those it inherits from; its own win.
  bool follow(const Json& preset, std::map<std::string, std::string>& variables) {
    if (++steps_ > kMaxParents) return true;
    if (!is_for_linux(preset)) return false;
    if (const auto* own = preset["cacheVariables"].object())
      for (const auto& [name, value] : *own) variables.emplace(name, text_of(value));
    for (const auto& name : parents_of(preset))
      if (const Json* parent = preset_named(presets_, name); parent != nullptr && !follow(*parent, variables))
        return false;
    return true;
  }

 private:
  static std::string text_of(const Json& value) {
    if (const auto* text = value.string()) return *text;
    if (const auto* flag = value.boolean()) return *flag ? "TRUE" : "FALSE";
    if (const auto* text = value["value"].string()) return *text;
    return {};
  }

  const base::JsonArray& presets_;
  std::size_t steps_ = 0;
};

}  // namespace

std::optional<CMakePreset> release_preset(base::Files& files, const base::Documents& documents,
                                          const std::string& root) {
  const std::string path = root + "/CMakePresets.json";
  if (files.kind(path) != base::FileKind::regular) return std::nullopt;
  const auto text = files.read(path, 1U << 20U);
  if (!text) return std::nullopt;
  const auto tree = documents.json(*text, path);
  if (!tree) return std::nullopt;
  const auto* presets = (*tree)["configurePresets"].array();
  if (presets == nullptr) return std::nullopt;
  std::optional<CMakePreset> best;
  for (const auto& preset : *presets) {
    const auto* name = preset["name"].string();
    const auto* hidden = preset["hidden"].boolean();
    if (name == nullptr || (hidden != nullptr && *hidden)) continue;
    CMakePreset found;
    found.name = *name;
    found.version = (*tree)["version"].unsigned_number();
    if (!Chain(*presets).follow(preset, found.variables)) continue;
    const auto type = found.variables.find("CMAKE_BUILD_TYPE");
    if (type == found.variables.end() || type->second != "Release") continue;
    // Sanitizers and cross builds are no releases; the shortest name is the plain one.
    if (found.variables.contains("CMAKE_SYSTEM_NAME") || name->find("san") != std::string::npos) continue;
    if (!best || name->size() < best->name.size()) best = std::move(found);
  }
  return best;
}

}  // namespace crtune::project
