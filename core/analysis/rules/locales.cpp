#include "core/analysis/rules/clutter.hpp"
#include "core/analysis/rules/rules.hpp"
#include "core/base/escape.hpp"

namespace crtune::analysis::rules {

namespace {

// Leaves the languages that the image asks for.
std::string clean_command(const std::vector<std::string>& languages) {
  if (languages.empty()) return "rm -rf /usr/share/locale/*/LC_MESSAGES";
  std::string command = "find /usr/share/locale -mindepth 1 -maxdepth 1 -type d";
  for (const auto& language : languages) command += " ! -name '" + base::one_line(language, 20) + "*'";
  return command + " -exec rm -rf '{}' +";
}

}  // namespace

void check_locales(const Subject& subject, Findings& findings) {
  const std::string clean = clean_command(asked_languages(subject.image.config.environment));
  const ClutterRow rows[] = {{Clutter::locales,
                              "translations into languages that no LANG, LC_* or LANGUAGE asks for are",
                              {clean, ""}}};
  report_clutter(subject, findings, rows);
}

}  // namespace crtune::analysis::rules
