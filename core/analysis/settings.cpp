#include "core/analysis/settings.hpp"

#include "core/secret/fingerprint.hpp"
#include "core/secret/mask.hpp"
#include "core/secret/names.hpp"
#include "core/secret/scan.hpp"

#include <algorithm>
#include <span>

namespace crtune::analysis {

using model::Setting;
using model::SettingKind;

namespace {

// Words as a Dockerfile's exec form writes them, so that their borders can be seen.
std::string exec_form(const std::vector<std::string>& words) {
  std::string out = "[";
  for (const auto& word : words) {
    if (out.size() > 1) out += ", ";
    out += '"';
    for (const char c : word) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "]";
}

class Collector {
 public:
  explicit Collector(std::uint64_t key) : key_(key) {}

  void add(SettingKind kind, const std::string& value) {
    if (!value.empty()) push({.kind = kind, .value = value}, value);
  }
  void add_words(SettingKind kind, const std::vector<std::string>& words) {
    if (words.empty()) return;
    // Secrets are told by the words around them, which quotes would hide.
    std::vector<std::string> shown = words;
    secret::mask_words(shown);
    push({.kind = kind, .value = exec_form(shown)}, exec_form(words));
  }
  void add_named(SettingKind kind, const std::string& name, const std::string& value) {
    const bool named_so = secret::judge_name(name) != secret::NameKind::plain;
    Setting setting = {.kind = kind, .name = name, .hidden = named_so && !value.empty()};
    if (!setting.hidden)
      setting.value = secret::masked(value, secret::scan_variable(name, value, {.key = key_}));
    push(std::move(setting), value);
  }

  std::vector<Setting> take() {
    std::stable_sort(settings_.begin(), settings_.end(), [](const Setting& a, const Setting& b) {
      return std::pair(a.kind, std::string_view(a.name)) < std::pair(b.kind, std::string_view(b.name));
    });
    return std::move(settings_);
  }

 private:
  void push(Setting setting, std::string_view real) {
    setting.fingerprint = secret::fingerprint(real, key_);
    settings_.push_back(std::move(setting));
  }

  std::uint64_t key_;
  std::vector<Setting> settings_;
};

}  // namespace

std::vector<Setting> settings_of(const model::ImageConfig& config, std::uint64_t key) {
  Collector settings(key);
  settings.add(SettingKind::platform, config.platform);
  settings.add_words(SettingKind::entrypoint, config.entrypoint);
  settings.add_words(SettingKind::command, config.command);
  settings.add(SettingKind::user, config.user);
  settings.add(SettingKind::working_directory, config.working_directory);
  settings.add(SettingKind::stop_signal, config.stop_signal);
  settings.add_words(SettingKind::healthcheck, config.healthcheck);
  for (const auto& variable : config.environment) {
    const auto equals = std::min(variable.find('='), variable.size());
    settings.add_named(SettingKind::variable, variable.substr(0, equals),
                       variable.substr(std::min(equals + 1, variable.size())));
  }
  for (const auto& [name, value] : config.labels) settings.add_named(SettingKind::label, name, value);
  for (const auto& port : config.exposed_ports) settings.add_named(SettingKind::port, port, {});
  for (const auto& volume : config.volumes) settings.add_named(SettingKind::volume, volume, {});
  return settings.take();
}

}  // namespace crtune::analysis
