// One setting of an image's configuration as it may be shown.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace crtune::model {

enum class SettingKind : std::uint8_t {
  platform,
  entrypoint,
  command,
  user,
  working_directory,
  stop_signal,
  healthcheck,
  variable,
  label,
  port,
  volume,
};
inline constexpr std::size_t kSettingKinds = 11;

constexpr std::string_view setting_word(SettingKind kind) {
  constexpr std::array<std::string_view, kSettingKinds> kWords = {
      "platform",    "entrypoint",  "cmd",   "user", "working_dir", "stop_signal",
      "healthcheck", "environment", "label", "port", "volume"};
  return kWords[static_cast<std::size_t>(kind)];
}

struct Setting {
  SettingKind kind = SettingKind::platform;
  std::string name = {};   // of a variable, label, port or volume; else empty
  std::string value = {};  // lists as JSON arrays; secrets in it are ***; empty where all of it is hidden
  bool hidden = false;     // the value is a secret, or may be one by its name
  // Of the real value, keyed by the run: tells equal from different. Unknown in a saved report.
  std::optional<std::uint64_t> fingerprint = {};
};

}  // namespace crtune::model
