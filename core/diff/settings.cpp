#include "core/base/escape.hpp"
#include "core/diff/parts.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace crtune::diff {

using model::Setting;
using model::SettingDifference;
using model::Snapshot;

namespace {

using Key = std::pair<model::SettingKind, std::string_view>;
// Of a variable that is set twice, the last one counts.
std::map<Key, const Setting*> by_name(const Snapshot& side) {
  std::map<Key, const Setting*> out;
  for (const auto& setting : side.settings) out[{setting.kind, setting.name}] = &setting;
  return out;
}

enum class Verdict { same, different, unknown };

Verdict verdict(const Setting& before, const Setting& after) {
  if (before.fingerprint && after.fingerprint)
    return *before.fingerprint == *after.fingerprint ? Verdict::same : Verdict::different;
  if (before.hidden && after.hidden) return Verdict::unknown;
  if (before.hidden != after.hidden) return Verdict::different;
  return before.value == after.value ? Verdict::same : Verdict::different;
}

std::optional<std::string> shown(const Setting* setting, bool hidden) {
  if (setting == nullptr) return std::nullopt;
  return hidden ? "***" : setting->value;
}

SettingDifference difference(const Key& key, const Setting* before, const Setting* after) {
  const bool hidden = (before != nullptr && before->hidden) || (after != nullptr && after->hidden);
  return {.kind = key.first,
          .name = std::string(key.second),
          .before = shown(before, hidden),
          .after = shown(after, hidden),
          .hidden = hidden};
}

}  // namespace

void compare_settings(const Snapshot& before, const Snapshot& after, model::Difference& out) {
  if (!before.has_settings || !after.has_settings) {
    out.notes.emplace_back("the saved report has no settings: the configuration is not compared");
    return;
  }
  const auto a = by_name(before);
  const auto b = by_name(after);
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() || j != b.end()) {
    if (j == b.end() || (i != a.end() && i->first < j->first)) {
      out.settings.push_back(difference(i->first, i->second, nullptr));
      ++i;
    } else if (i == a.end() || j->first < i->first) {
      out.settings.push_back(difference(j->first, nullptr, j->second));
      ++j;
    } else {
      const Verdict result = verdict(*i->second, *j->second);
      if (result == Verdict::different) out.settings.push_back(difference(i->first, i->second, j->second));
      if (result == Verdict::unknown)
        out.notes.push_back(
            fmt::format("the value of the {} {} is hidden in the saved report and not compared",
                        i->first.first == model::SettingKind::label ? "label" : "variable",
                        base::one_line(i->first.second, 80)));
      ++i;
      ++j;
    }
  }
}

}  // namespace crtune::diff
